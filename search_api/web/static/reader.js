// The reader: the section in view, explanations of terms, citing what is selected, keys for places.
// The page reads, searches and cites without any of it.

import { keys } from "./common.js";

const article = document.querySelector("article");

// --- The outline: open on wide screens, the section in view marked and in sight.

const outline = document.getElementById("outline");
if (outline) {
  const wide = matchMedia("(min-width: 60.01rem)");
  const fit = () => (outline.open = wide.matches);
  fit();
  wide.addEventListener("change", fit);
  outline.addEventListener("click", (event) => {
    // On a phone the outline has done its work once a section is chosen.
    if (!wide.matches && event.target.closest("a")) outline.open = false;
  });

  const box = outline.parentElement;
  const links = new Map();
  for (const link of outline.querySelectorAll("a")) {
    const place = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (place) links.set(place, link);
  }
  const places = [...links.keys()];

  const show = (link) => {
    for (const other of outline.querySelectorAll("[aria-current]")) {
      if (other !== link) other.removeAttribute("aria-current");
    }
    link.setAttribute("aria-current", "location");
    if (!wide.matches) return;
    // Only the outline itself is scrolled, never the page.
    const at = link.getBoundingClientRect();
    const around = box.getBoundingClientRect();
    if (at.height && (at.top < around.top + 24 || at.bottom > around.bottom - 24)) {
      box.scrollTop += at.top - around.top - around.height / 3;
    }
  };

  // A section is in view once its heading has come up to here, below the search box.
  const line = 120; // CSS pixels
  const current = () => {
    let [low, high] = [0, places.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (places[middle].getBoundingClientRect().top <= line) low = middle + 1;
      else high = middle;
    }
    return low ? places[low - 1] : null;
  };

  // A section that was chosen stays marked until the reader scrolls: the last ones can't come up to the line.
  const first = outline.querySelector("[aria-current]");
  let chosen = first;
  const follow = () => {
    const place = current();
    const link = chosen ?? (place && links.get(place));
    if (link) show(link);
  };
  follow();
  const watcher = new IntersectionObserver(follow, { rootMargin: `-${line}px 0px 0px 0px`, threshold: [0, 1] });
  for (const place of places) watcher.observe(place.closest("[data-start]") ?? place);
  for (const kind of ["wheel", "touchmove", "keydown"]) {
    addEventListener(kind, () => (chosen = null), { passive: true });
  }
  outline.addEventListener("click", (event) => {
    chosen = event.target.closest("a") ?? chosen;
    follow();
  });
}

// --- Keys: n and p go to the places found, c cites what is selected.

const follows = (id) => () => {
  const link = document.getElementById(id);
  if (!link || link.hidden) return false;
  link.click();
};
keys({ n: follows("next"), p: follows("previous"), c: follows("cite-selection") });

// --- Terms: what the glossary says, on hover and on focus (WCAG 1.4.13: it can be dismissed, pointed
// at, and stays).

const tip = document.createElement("div");
tip.id = "tooltip";
tip.lang = "zh";
tip.dir = "auto";
tip.setAttribute("role", "tooltip");
tip.hidden = true;
document.body.append(tip);
let explained = null;
let leaving;

function explain(term, pointer) {
  clearTimeout(leaving);
  if (explained === term && !tip.hidden) return;
  hide();
  explained = term;
  if (term.title) {
    // Ours instead of the browser's.
    term.dataset.explanation = term.title;
    term.removeAttribute("title");
  }
  tip.textContent = term.dataset.explanation;
  tip.hidden = false;
  term.setAttribute("aria-describedby", "tooltip");
  // A term may go on in the next line: the explanation stands at the part that is pointed at.
  const rects = [...term.getClientRects()];
  const at = rects.find((each) => pointer && each.top <= pointer.clientY && pointer.clientY <= each.bottom) ?? rects[0];
  const { width, height } = tip.getBoundingClientRect();
  const left = Math.max(8, Math.min(at.left, document.documentElement.clientWidth - width - 8));
  const above = at.top > height + 12;
  tip.style.left = `${left + scrollX}px`;
  tip.style.top = `${scrollY + (above ? at.top - height - 4 : at.bottom + 4)}px`;
}

function hide() {
  clearTimeout(leaving);
  tip.hidden = true;
  explained?.removeAttribute("aria-describedby");
  explained = null;
}

function leave() {
  clearTimeout(leaving);
  leaving = setTimeout(hide, 250); // time to move the pointer onto the explanation
}

for (const term of document.querySelectorAll("a.term")) {
  term.addEventListener("pointerenter", (event) => event.pointerType !== "touch" && explain(term, event));
  term.addEventListener("pointerleave", leave);
  term.addEventListener("focus", () => term.matches(":focus-visible") && explain(term));
  term.addEventListener("blur", hide);
}
tip.addEventListener("pointerenter", () => clearTimeout(leaving));
tip.addEventListener("pointerleave", leave);

// --- Citing what is selected. Offsets are code points, as the service counts them.

const points = (text) => {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
};

/** The offset into the report's text of a place in a block. */
function offsetOf(block, node, index) {
  const range = document.createRange();
  range.setStart(block, 0);
  range.setEnd(node, index);
  return Number(block.dataset.start) + points(range.toString());
}

/** The selected span of the report, or null. */
function selectedSpan() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!range.intersectsNode(article)) return null;
  const blocks = [...article.querySelectorAll("[data-start]")].filter((each) => range.intersectsNode(each));
  let start = null;
  let end = null;
  for (const block of blocks) {
    const whole = document.createRange();
    whole.selectNodeContents(block);
    const from = range.compareBoundaryPoints(Range.START_TO_START, whole) > 0 ? range : whole;
    const to = range.compareBoundaryPoints(Range.END_TO_END, whole) < 0 ? range : whole;
    const first = offsetOf(block, from.startContainer, from.startOffset);
    const last = offsetOf(block, to.endContainer, to.endOffset);
    if (first >= last) continue;
    start ??= first;
    end = last;
  }
  return start === null ? null : { start, end, range };
}

const cite = document.createElement("button");
cite.type = "button";
cite.id = "cite-selection";
cite.className = "no-print";
cite.textContent = article.dataset.cite;
cite.setAttribute("aria-keyshortcuts", "c");
cite.hidden = true;
// Beside the text, so that Tab goes to it from there.
article.after(cite);

function offer() {
  const span = selectedSpan();
  cite.hidden = !span;
  if (!span) return;
  const rects = span.range.getClientRects();
  const at = rects[rects.length - 1] ?? span.range.getBoundingClientRect();
  const { width } = cite.getBoundingClientRect();
  const left = Math.max(8, Math.min(at.right - width / 2, document.documentElement.clientWidth - width - 8));
  cite.style.left = `${left + scrollX}px`;
  cite.style.top = `${at.bottom + scrollY + 8}px`;
}

let waiting;
document.addEventListener("selectionchange", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    if (document.activeElement !== cite) offer();
  }, 150);
});
// A click on the button must not take the selection away before it is read.
cite.addEventListener("pointerdown", (event) => event.preventDefault());
cite.addEventListener("click", () => {
  const span = selectedSpan();
  if (!span) return;
  const values = new URLSearchParams({ start: span.start, end: span.end });
  if (article.dataset.question) values.set("q", article.dataset.question);
  location.assign(`${article.dataset.path}?${values}#mark`);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  hide();
  cite.hidden = true;
});
