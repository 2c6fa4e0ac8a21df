// Every page works without this. It announces new messages and keeps words that were not sent yet.
"use strict";

// New mail is announced above the list; nothing that the reader looks at moves.
for (const place of document.querySelectorAll("[data-live]")) {
  const events = new EventSource(place.dataset.live);
  let count = 0;
  events.addEventListener("message", () => {
    count += 1;
    place.querySelector("[data-live-count]").textContent = count === 1 ? "1 new message." : `${count} new messages.`;
    place.hidden = false;
  });
}

// A closed window loses no words: they stay in this window's own memory until the form is sent.
for (const box of document.querySelectorAll("textarea[data-keep]")) {
  const key = `words:${box.dataset.keep}`;
  const kept = sessionStorage.getItem(key);
  if (kept && box.value === "") box.value = kept;
  box.addEventListener("input", () => sessionStorage.setItem(key, box.value));
  box.form.addEventListener("submit", () => sessionStorage.removeItem(key));
}

// Single keys, the same in lists and conversations (the page /keys tells them and switches them off: WCAG 2.1.4). An
// element says its own key by data-key, one in a list's row for that row alone; the rest is moving through a list.
const resting = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;
const rows = () => [...document.querySelectorAll(".hb-rows tbody tr")];

function goToRow(step) {
  const all = rows();
  const at = all.findIndex((row) => row.hasAttribute("aria-current"));
  const next = all[Math.min(Math.max(at + step, 0), all.length - 1)];
  if (!next) return;
  all[at]?.removeAttribute("aria-current");
  next.setAttribute("aria-current", "true");
  next.querySelector("a")?.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

function owns(key, target) {
  const places = `[data-key="${CSS.escape(key)}"]`;
  const row = target.closest(".hb-rows tbody tr") ?? document.querySelector("tr[aria-current]");
  return row?.querySelector(places) ?? [...document.querySelectorAll(places)].find((place) => !place.closest(".hb-rows tr"));
}

function follow(place) {
  if (!place) return;
  const target = place.hash && place.pathname === location.pathname ? document.querySelector(place.hash) : null;
  place.click();
  target?.closest("section, form")?.querySelector("textarea, select, input:not([type=hidden])")?.focus();
}

const moves = {
  j: () => goToRow(1),
  k: () => goToRow(-1),
  Enter: () => document.querySelector("tr[aria-current] a")?.click(),
  u: () => document.querySelector(".govuk-back-link")?.click(),
  r: () => document.querySelector("#words")?.focus(),
  "/": () => location.assign("/search"),
  "?": () => location.assign("/keys"),
};

if (document.body.dataset.keys === "on")
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && resting(event.target)) return event.target.blur();
    if (event.key === "Enter" && event.ctrlKey && event.target.form) {
      const main = event.target.form.querySelector("button.govuk-button:not(.govuk-button--secondary)");
      return main && event.target.form.requestSubmit(main);
    }
    if (event.ctrlKey || event.altKey || event.metaKey || resting(event.target)) return;
    if (event.key === "Enter" && event.target.closest("a, button, summary")) return;
    const move = moves[event.key] ?? (/^[1-9]$/.test(event.key) ? () => document.querySelectorAll(".hb-group h2")[event.key - 1]?.scrollIntoView() : null);
    const own = owns(event.key, event.target);
    if (!move && !own) return;
    event.preventDefault();
    if (own) follow(own);
    else move();
  });
