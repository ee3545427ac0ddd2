// A meeting: the screen and the phones follow its host. Phones send an answer as soon as it is chosen; what
// cannot be sent waits in this tab and goes off with the connection. Without this script, links and buttons do it.

const OFTEN = 2000; // milliseconds between looks
const LONGEST = 16000; // after many looks in vain
const HIDDEN = 10000; // while nobody sees the page
const WAITING = "meeting:waiting";

const place = document.getElementById("meeting");
const form = document.getElementById("rating");
const told = document.getElementById("told");
let pause = OFTEN;
let timer;
let typing = false;

function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(WAITING));
  } catch {
    return null;
  }
}

function keep(said) {
  try {
    if (said) sessionStorage.setItem(WAITING, JSON.stringify(said));
    else sessionStorage.removeItem(WAITING);
  } catch {
    // switched off: then the page itself keeps the answer, as long as it is open
  }
  waiting = said;
}

let waiting = kept();

function tell(words) {
  if (told && told.textContent !== words) told.textContent = words;
}

// Sends what waits. True where nothing waits any more.
async function send() {
  if (!waiting) return true;
  const sent = waiting;
  const body = new URLSearchParams(sent.body);
  const response = await fetch(sent.address, { method: "POST", body, headers: { "X-Autosave": "1" } });
  if (response.status >= 500) throw new Error("later");
  const said = await response.json().catch(() => null);
  if (waiting !== sent) return send(); // chosen anew meanwhile
  keep(null);
  tell(said ? `${said.words}.` : place.dataset.closed);
  return true;
}

async function look() {
  clearTimeout(timer);
  try {
    await send();
    const response = await fetch(place.dataset.look, { headers: { "X-Autosave": "1" } });
    if (response.status >= 500) throw new Error("later");
    if (!response.ok) return location.reload(); // which says what to do
    follow(await response.json());
    pause = OFTEN;
  } catch {
    if (waiting) tell(place.dataset.lost);
    pause = Math.min(pause * 2, LONGEST);
  }
  timer = setTimeout(look, document.hidden ? HIDDEN : pause);
}

function follow(now) {
  if (String(now.turn) !== place.dataset.turn) {
    if (!typing) return location.replace(location.pathname);
    tell(place.dataset.moved);
  }
  for (const each of document.querySelectorAll("[data-count]")) {
    each.textContent = now[each.dataset.count];
  }
}

function say() {
  if (!form.querySelector("[name=level]:checked")) return;
  typing = false;
  const body = new URLSearchParams(new FormData(form)).toString();
  keep({ address: form.getAttribute("action"), body });
  pause = OFTEN;
  look();
}

form?.addEventListener("input", (event) => (typing = event.target.name === "words"));
form?.addEventListener("change", say);
form?.addEventListener("submit", (event) => {
  if (!form.querySelector("[name=level]:checked")) return; // the server says what is missing
  event.preventDefault();
  say();
});
window.addEventListener("online", look);
window.addEventListener("pageshow", (event) => event.persisted && look());
document.addEventListener("visibilitychange", () => document.hidden || look());
if (place) look();
