// Brings the page's pieces as they change, and the lists in the frames. Without it every button works and the page stands still.
"use strict";

const frames = [...document.querySelectorAll("iframe[data-live]")];
const phone = document.querySelector("#telephone");
const lists = /\/(queue|people|figures|matching|list|)$/;

// A piece is put in its place; a button that had the focus has it again, as soon as it can be pressed.
let waiting = null;
function put(place, html) {
  const had = place.contains(document.activeElement) ? document.activeElement.value : waiting;
  place.innerHTML = html;
  if (place.id !== "buttons" || !had || ![document.body, null].includes(document.activeElement)) return;
  const again = place.querySelector(`[value="${had}"]:enabled`) ?? place.querySelector("button:enabled");
  waiting = again ? null : had;
  again?.focus();
}

// A list in a frame is brought up to date in its place; who reads a conversation or has begun to type is left alone.
async function refresh(frame) {
  const there = frame.contentDocument;
  const typing = there?.activeElement?.closest("input, textarea, select, form");
  if (!there?.body || !lists.test(frame.contentWindow.location.pathname) || typing) return;
  const answer = await fetch(frame.contentWindow.location.href);
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (frame.contentDocument !== there) return;
  if (!frame.dataset.dead) frame.dataset.at = frame.contentWindow.scrollY;
  frame.dataset.dead = answer.ok ? "" : "dead";
  there.body.replaceChildren(...fresh.body.childNodes);
  frame.contentWindow.scrollTo(0, frame.dataset.at);
}

// A column begins with what the page is about; its header is above.
for (const frame of frames) {
  const begin = () => frame.contentWindow.scrollTo(0, frame.contentDocument.querySelector("main")?.offsetTop ?? 0);
  frame.addEventListener("load", begin);
  if (frame.contentDocument?.readyState === "complete") begin();
}

// A link that opens something in a column brings the column too, where it is out of sight.
document.addEventListener("click", (event) => {
  const column = document.querySelector(`iframe[name="${event.target.closest("a[target]")?.target}"]`);
  const { top, bottom } = column?.getBoundingClientRect() ?? {};
  if (top > innerHeight * 0.8 || bottom < 0) column.scrollIntoView();
});

let stale = false;
let bringing = false;
async function bring() {
  if (bringing || !stale) return;
  bringing = true;
  stale = false;
  for (const frame of frames) await refresh(frame).catch(() => (stale = true));
  bringing = false;
}
setInterval(bring, 700);

const events = new EventSource("/demo/events");
events.addEventListener("message", (event) => {
  const pieces = JSON.parse(event.data);
  if (pieces.telephone !== undefined) phone.contentWindow.postMessage(pieces.telephone, location.origin);
  for (const [name, html] of Object.entries(pieces)) if (name !== "telephone") put(document.getElementById(name), html);
  stale = true;
});

// The buttons without leaving the page.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form, event.submitter));
  const own = event.submitter?.hasAttribute("formaction");
  const answer = await fetch(own ? event.submitter.formAction : form.action, { method: "POST", body });
  if (!answer.ok) document.querySelector("#note p").textContent = await answer.text();
  else if (form.querySelector("textarea")) form.querySelector("textarea").value = "";
});
