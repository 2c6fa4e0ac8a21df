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
