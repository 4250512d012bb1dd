// Recent questions, kept in this browser only; moving through results with j and k.

import { keys } from "./common.js";

const KEY = "govsearch.recent";
const KEPT = 8;

function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter((each) => typeof each === "string") : [];
  } catch {
    return []; // no storage in this browser, or not ours
  }
}

function write(questions) {
  try {
    localStorage.setItem(KEY, JSON.stringify(questions));
  } catch {
    // No storage: questions are not remembered, nothing else is lost.
  }
}

const asked = new URLSearchParams(location.search).get("q")?.trim();
if (asked && document.querySelector(".hits")) {
  write([asked, ...read().filter((each) => each !== asked)].slice(0, KEPT));
}

const section = document.getElementById("recent");
if (section) {
  const list = section.querySelector("ul");
  for (const question of read()) {
    const link = document.createElement("a");
    link.href = `/?q=${encodeURIComponent(question)}`;
    const text = document.createElement("bdi");
    text.textContent = question;
    link.append(text);
    const item = document.createElement("li");
    item.append(link);
    list.append(item);
  }
  section.hidden = !list.children.length;
  document.getElementById("clear-recent").addEventListener("click", () => {
    write([]);
    list.replaceChildren();
    section.hidden = true;
  });
}

const links = [...document.querySelectorAll(".answer .cited, .hits .cited")];
const step = (by) => () => {
  const at = links.indexOf(document.activeElement) + by;
  links[Math.max(0, Math.min(links.length - 1, at))]?.focus();
};
keys({ j: step(1), k: step(-1) });
