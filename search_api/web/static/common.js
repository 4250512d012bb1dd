// What all pages share: keys, short messages, copying. Pages work without any of it.

document.documentElement.classList.add("has-js");

// Keys by themselves are for those who want them (WCAG 2.1.4): the foot of the page turns them off.
const KEYS_OFF = "govsearch.keys-off";

function stored(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null; // no storage in this browser
  }
}

/** Run an action at its key, unless keys are off or something is typed. An action that does nothing gives false. */
export function keys(actions) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || stored(KEYS_OFF)) return;
    if (event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]")) return;
    const action = Object.hasOwn(actions, event.key) ? actions[event.key] : null;
    if (action && action() !== false) event.preventDefault();
  });
}

const toggle = document.getElementById("keys-on");
toggle.checked = !stored(KEYS_OFF);
toggle.addEventListener("change", () => {
  try {
    if (toggle.checked) localStorage.removeItem(KEYS_OFF);
    else localStorage.setItem(KEYS_OFF, "1");
  } catch {
    toggle.checked = true; // it can't be kept
  }
});

keys({
  "/": () => {
    const box = document.querySelector("input[type=search]");
    if (!box) return false;
    box.focus();
    box.select();
  },
});

// Open menus close on Escape and on a click elsewhere.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = document.querySelector("details.menu[open]");
  if (open) {
    open.open = false;
    open.querySelector("summary").focus();
  }
});
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

let hiding;

/** Say something for a moment, also to screen readers. */
export function toast(text) {
  let box = document.getElementById("toast");
  if (!box) {
    box = document.createElement("div");
    box.id = "toast";
    box.setAttribute("role", "status");
    document.body.append(box);
  }
  box.textContent = text;
  clearTimeout(hiding);
  hiding = setTimeout(() => (box.textContent = ""), 3000);
}

/** Put text on the clipboard; true if that worked. Plain HTTP pages have no clipboard API. */
export async function copyText(text) {
  if (navigator.clipboard && window.isSecureContext) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Not allowed: the old way may be.
    }
  }
  const area = document.createElement("textarea");
  area.value = text;
  area.setAttribute("readonly", "");
  area.className = "visually-hidden";
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done;
}

// <button data-copy="text" data-done="Copied" data-failed="...">
document.addEventListener("click", async (event) => {
  const button = event.target instanceof Element && event.target.closest("button[data-copy]");
  if (button) toast((await copyText(button.dataset.copy)) ? button.dataset.done : button.dataset.failed);
});
