// Files sent one by one with their progress; rows found while typing; times in this browser's zone.

const format = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
for (const time of document.querySelectorAll("time[datetime]")) {
  const moment = new Date(time.dateTime);
  if (!Number.isNaN(moment.getTime())) time.textContent = format.format(moment);
}

const find = document.getElementById("find");
if (find) {
  const rows = [...document.querySelectorAll(".coverage tbody tr, .reports tbody tr")];
  const said = new Map(rows.map((row) => [row, `${row.dataset.names ?? ""} ${row.textContent}`.toLowerCase()]));
  find.addEventListener("input", () => {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const row of rows) row.hidden = !words.every((word) => said.get(row).includes(word));
    document.getElementById("none").hidden = rows.some((row) => !row.hidden);
  });
}

const form = document.querySelector("form.upload");
if (form) {
  const input = form.querySelector("input[type=file]");
  const list = document.getElementById("sent");
  const queue = [];
  let busy = false;

  const element = (tag, className, text = "") => {
    const made = document.createElement(tag);
    made.className = className;
    made.textContent = text;
    return made;
  };

  const add = (files) => {
    for (const file of files) {
      const item = element("li", "sending");
      const line = element("p", "");
      const name = document.createElement("bdi");
      name.className = "file";
      name.textContent = file.name;
      const state = element("span", "soft", form.dataset.waiting);
      line.append(name, " ", state);
      item.append(line);
      list.append(item);
      if (file.size > Number(form.dataset.max)) refuse(item, file, form.dataset.large);
      else queue.push({ file, item, state });
    }
    next();
  };

  const refuse = (item, file, why) => {
    item.className = "outcome refused";
    const line = element("p", "");
    const name = element("bdi", "file", file.name);
    line.append(element("strong", "state", form.dataset.refused), " ", name);
    item.replaceChildren(line, element("p", "why", why));
  };

  const next = () => {
    if (busy || !queue.length) return;
    busy = true;
    const { file, item, state } = queue.shift();
    const bar = document.createElement("progress");
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute("aria-label", form.dataset.uploading);
    state.replaceChildren(bar, ` ${form.dataset.uploading}`);
    const request = new XMLHttpRequest();
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) bar.value = event.loaded / event.total;
    });
    request.upload.addEventListener("load", () => {
      bar.removeAttribute("value"); // how long the rest takes is not known
      state.replaceChildren(bar, ` ${form.dataset.indexing}`);
    });
    request.addEventListener("loadend", () => {
      // The answer is the page that is shown without scripts; what became of the file is taken from it.
      const page = request.status ? request.responseXML : null;
      const outcome = page?.querySelector(".outcome");
      if (outcome) item.replaceWith(document.importNode(outcome, true));
      else refuse(item, file, page?.querySelector(".problem")?.textContent ?? form.dataset.failed);
      document.getElementById("refresh").hidden = !list.querySelector(".outcome.added, .outcome.updated");
      busy = false;
      next();
    });
    request.open("POST", form.action);
    request.responseType = "document";
    request.setRequestHeader("Accept", "text/html");
    const body = new FormData();
    body.append("file", file);
    request.send(body);
  };

  input.addEventListener("change", () => {
    add([...input.files]);
    input.value = ""; // so that the same file can be chosen again
  });
  form.addEventListener("submit", (event) => event.preventDefault());

  let inside = 0;
  const over = (on) => form.classList.toggle("over", on);
  form.addEventListener("dragenter", (event) => { event.preventDefault(); inside += 1; over(true); });
  form.addEventListener("dragleave", () => { inside -= 1; over(inside > 0); });
  form.addEventListener("drop", () => { inside = 0; over(false); });
  // A file dropped beside the zone must not replace the page.
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer?.files.length) add([...event.dataTransfer.files]);
  });
}
