// Files sent one by one with their progress; rows found while typing; times in this browser's zone.

// Back after a removal: the page as the browser kept it would offer to remove again what is gone.
addEventListener("pageshow", (event) => {
  const back = event.persisted || performance.getEntriesByType("navigation")[0]?.type === "back_forward";
  if (back && document.getElementById("removing")) location.reload();
});

const format = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
const watching = new ResizeObserver((seen) => {
  for (const { target } of seen) {
    document.getElementById("wider").hidden = target.scrollWidth <= target.clientWidth;
  }
});

/** Times, the search for rows and the hint at a wide table: for the page as it came, and as it is renewed. */
const prepare = () => {
  for (const time of document.querySelectorAll("time[datetime]")) {
    const moment = new Date(time.dateTime);
    if (!Number.isNaN(moment.getTime())) time.textContent = format.format(moment);
  }
  watching.disconnect();
  const wide = document.querySelector(".wide");
  if (wide) watching.observe(wide);
  const find = document.getElementById("find");
  if (!find) return;
  const rows = [...document.querySelectorAll(".coverage tbody tr, .reports tbody tr")];
  const said = new Map(rows.map((row) => [row, `${row.dataset.names ?? ""} ${row.textContent}`.toLowerCase()]));
  find.addEventListener("input", () => {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const row of rows) row.hidden = !words.every((word) => said.get(row).includes(word));
    document.getElementById("none").hidden = rows.some((row) => !row.hidden);
  });
};
prepare();

// What shows how much is indexed, and is renewed once more is.
const PARTS = ["totals", "listing"];

const renew = () => {
  const request = new XMLHttpRequest();
  request.addEventListener("loadend", () => {
    const page = request.status === 200 ? request.responseXML : null;
    const fresh = PARTS.map((id) => page?.getElementById(id));
    const whole = fresh.every(Boolean);
    document.getElementById("refresh").hidden = whole;
    if (!whole) return; // the link does it
    const typed = document.getElementById("find");
    const active = document.activeElement === typed;
    for (const part of fresh) document.getElementById(part.id).replaceWith(document.importNode(part, true));
    prepare();
    const find = document.getElementById("find");
    if (!typed || !find) return;
    find.value = typed.value;
    find.dispatchEvent(new Event("input"));
    if (active) find.focus({ preventScroll: true });
  });
  request.open("GET", location.href);
  request.responseType = "document";
  request.setRequestHeader("Accept", "text/html");
  request.send();
};

const form = document.querySelector("form.upload");
if (form) {
  const input = form.querySelector("input[type=file]");
  const list = document.getElementById("sent");
  const sum = document.getElementById("sum");
  const STATES = ["added", "updated", "unchanged", "refused"];
  const queue = [];
  let sent = []; // the items since nothing was under way
  let busy = false;

  const element = (tag, className, text = "") => {
    const made = document.createElement(tag);
    made.className = className;
    made.textContent = text;
    return made;
  };

  const add = (files) => {
    if (!busy) sent = [];
    const items = document.createDocumentFragment();
    for (const file of files) {
      const item = element("li", "sending");
      const line = element("p", "");
      const name = document.createElement("bdi");
      name.className = "file";
      name.textContent = file.name;
      const state = element("span", "soft", form.dataset.waiting);
      line.append(name, " ", state);
      item.append(line);
      items.append(item);
      sent.push(item);
      if (file.size > Number(form.dataset.max)) refuse(item, file, form.dataset.large);
      else queue.push({ file, item, state });
    }
    list.prepend(items); // what was sent last is seen first
    sum.textContent = form.dataset.working.replace("{count}", sent.length);
    const { top } = sum.getBoundingClientRect();
    if (top < 0 || top > innerHeight * 0.6) sum.scrollIntoView();
    next();
  };

  const finish = () => {
    const counts = STATES.map((state) => [state, sent.filter((item) => item.classList.contains(state)).length]);
    const told = counts
      .filter(([, count]) => count)
      .map(([state, count]) => form.dataset[`sum${state[0].toUpperCase()}${state.slice(1)}`].replace("{count}", count));
    sum.textContent = form.dataset.done.replace("{files}", told.join(" · "));
    if (list.querySelector(".outcome.added, .outcome.updated")) renew();
  };

  const refuse = (item, file, why) => {
    item.className = "outcome refused";
    const line = element("p", "");
    const name = element("bdi", "file", file.name);
    line.append(element("strong", "state", form.dataset.refused), " ", name);
    item.replaceChildren(line, element("p", "why", why));
  };

  const next = () => {
    if (busy) return;
    if (!queue.length) return finish();
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
      if (outcome) {
        const told = document.importNode(outcome, true);
        item.replaceWith(told);
        sent[sent.indexOf(item)] = told;
      } else {
        // A page of the service says why it took nothing; without one the network is to blame.
        const why = request.status === 413 ? form.dataset.large : page?.querySelector("main > p")?.textContent;
        refuse(item, file, why || form.dataset.failed);
      }
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
