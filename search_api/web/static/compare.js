// Convenience on the page that compares: long lists are searched, addresses say only what matters.

for (const box of document.querySelectorAll(".narrow-list")) {
  const panel = box.closest(".panel");
  box.addEventListener("input", () => {
    const wanted = box.value.trim().toLowerCase();
    for (const item of panel.querySelectorAll("li")) {
      item.hidden = wanted !== "" && !item.textContent.toLowerCase().includes(wanted);
    }
    for (const group of panel.querySelectorAll("fieldset:has(legend + ul)")) {
      const name = group.querySelector("legend").textContent.toLowerCase();
      if (wanted !== "" && name.includes(wanted)) {
        for (const item of group.querySelectorAll("li")) item.hidden = false;
      }
      group.hidden = !group.querySelector("li:not([hidden])");
    }
  });
  // Enter in the box looks for something in the list; it doesn't send the form.
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
}

for (const form of document.querySelectorAll("form[action='/compare']")) {
  form.addEventListener("formdata", (event) => {
    for (const name of new Set(event.formData.keys())) {
      const given = event.formData.getAll(name).filter((value) => value !== "");
      // An empty topic is told as a problem; other empty fields are none.
      if (name === "topic") continue;
      event.formData.delete(name);
      for (const value of given) event.formData.append(name, value);
    }
  });
}
