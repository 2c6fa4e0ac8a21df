// Sam's telephone: new emails come in below, and an open one is as high as its words.
"use strict";

const box = document.querySelector("ol");

function fit(frame) {
  const inside = frame.contentDocument?.body;
  if (!inside?.scrollHeight) return;
  frame.style.height = `${inside.scrollHeight}px`;
  if (box.lastElementChild.contains(frame)) toTheNewest();
}

function ready(frame) {
  frame.addEventListener("load", () => fit(frame));
  fit(frame);
  frame.closest("details").addEventListener("toggle", () => fit(frame));
}

function toTheNewest() {
  if (box.lastElementChild) box.scrollTop = box.lastElementChild.offsetTop - box.offsetTop;
}

function show(news) {
  const fresh = document.createElement("ol");
  fresh.innerHTML = news.items;
  document.querySelector("#time").textContent = news.time;
  const added = [...fresh.children].filter((item) => !document.getElementById(item.id));
  if (added.length === 0) return;
  for (const open of box.querySelectorAll("details[open]")) open.open = false;
  for (const old of box.querySelectorAll("li:not([id])")) old.remove();
  for (const item of added) {
    box.append(item);
    item.querySelectorAll("iframe").forEach(ready);
  }
  toTheNewest();
}

// The page around it tells what is new; alone it listens for itself.
if (window === top)
  new EventSource("/demo/events").addEventListener("message", (event) => {
    const { telephone } = JSON.parse(event.data);
    if (telephone) show(telephone);
  });
else
  window.addEventListener("message", (event) => {
    if (event.origin === location.origin) show(event.data);
  });

box.querySelectorAll("iframe").forEach(ready);
toTheNewest();
