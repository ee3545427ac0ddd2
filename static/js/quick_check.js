// Keeps a quick check in this browser's own storage: the newest answers, and what is typed but not yet sent.
// Everything works without this script; nothing here is sent anywhere but back to our own server, in the form.

const PREFIX = "quick-check:";
const JOURNEY = `${PREFIX}journey:`;
const DRAFT = `${PREFIX}draft:`;
const CLEARED = `${PREFIX}cleared`;
const NOT_TYPED = new Set(["token", "kept", "from", "criterion", "go"]);
const PAUSE = 300; // milliseconds after the last key before what is typed is kept

const form = document.querySelector("form[data-quick-check]");
const note = document.getElementById("kept");

// Storage can be full, switched off or forbidden; then every one of these says so and goes on.
function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function write(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

function remove(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // what cannot be reached keeps nothing either
  }
}

function keys(prefix) {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  } catch {
    return [];
  }
}

// All quick checks kept here, the newest first.
function journeys() {
  return keys(JOURNEY)
    .map((key) => ({ key, id: key.slice(JOURNEY.length), ...read(key) }))
    .filter((journey) => journey.token)
    .sort((one, other) => other.at - one.at);
}

function forget(id) {
  remove(JOURNEY + id);
  keys(`${DRAFT}${id}:`).forEach(remove);
}

// ---- What this page carries ----

function cameBack() {
  return performance.getEntriesByType("navigation")[0]?.type === "back_forward";
}

// Pages shown again by Back after the answers were cleared must not bring them back.
function wasCleared() {
  return (read(CLEARED)?.at ?? 0) >= Number(form.dataset.made);
}

function time(at, style) {
  return new Intl.DateTimeFormat("en-GB", style).format(at);
}

function say(words) {
  if (note && note.textContent !== words) note.textContent = words;
}

function sayKept(done) {
  say(
    done
      ? `Kept in this browser at ${time(Date.now(), { hour: "2-digit", minute: "2-digit" })}. Our server keeps nothing.`
      : "This browser does not let us keep a copy: its storage is full or switched off. Download the answers file before you close this page.",
  );
}

function keepJourney() {
  const { journey, step, title } = form.dataset;
  const stored = read(JOURNEY + journey);
  const mine = { token: form.elements.token.value, step: Number(step), title, at: Date.now() };
  const newer = !stored || mine.step > stored.step || (mine.step === stored.step && !cameBack());
  sayKept(newer ? write(JOURNEY + journey, mine) : true);
}

// What another tab has kept meanwhile goes along, so that the server can put the two together.
function sendAlong(sent) {
  const id = sent.dataset.journey;
  const stored = id && read(JOURNEY + id);
  if (stored?.token && sent.elements.kept && stored.token !== sent.elements.token.value) {
    sent.elements.kept.value = stored.token;
  }
}

// ---- What is typed and not yet sent ----

const controls = () => [...form.elements].filter((control) => control.name && !NOT_TYPED.has(control.name));

function draftKey(criterion) {
  return `${DRAFT}${form.dataset.journey}:${criterion}`;
}

// The fields as they stand, or with `before` as the server sent them.
function fields(before = false) {
  const said = {};
  for (const control of controls()) {
    if (control.type === "radio" || control.type === "checkbox") {
      if (before ? control.defaultChecked : control.checked) said[control.name] = control.value;
    } else {
      said[control.name] = before ? control.defaultValue : control.value;
    }
  }
  return said;
}

function same(one, other) {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => (one[name] ?? "") === (other[name] ?? ""));
}

function fill(said) {
  for (const control of controls()) {
    const wanted = said[control.name] ?? "";
    if (control.type === "radio" || control.type === "checkbox") {
      control.checked = control.value === wanted;
      if (control.checked !== control.defaultChecked) reveal(control);
      // The component library shows and hides what belongs to a choice when it hears a click
      if (control.checked) control.dispatchEvent(new Event("click", { bubbles: true }));
    } else if (control.value !== wanted) {
      control.value = wanted;
      reveal(control);
      control.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
}

function reveal(control) {
  const folded = control.closest("details");
  if (folded) folded.open = true;
}

function keepDraft() {
  if (wasCleared()) return;
  sayKept(write(draftKey(form.dataset.criterion), { fields: fields(), at: Date.now() }));
}

function restoreDraft() {
  const draft = read(draftKey(form.dataset.criterion));
  const before = fields(true);
  if (!draft?.fields || same(draft.fields, before)) return;
  fill(draft.fields);
  const words = document.createElement("p");
  words.className = "govuk-body";
  words.textContent = `You typed here at ${time(draft.at, { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" })} and had not sent it. It is back in the page.`;
  const undo = document.createElement("button");
  undo.type = "button";
  undo.className = "govuk-button govuk-button--secondary govuk-!-margin-bottom-0";
  undo.textContent = "Use what was there before";
  const banner = document.createElement("div");
  banner.className = "govuk-inset-text";
  banner.id = "restored";
  banner.setAttribute("role", "status");
  banner.append(words, undo);
  undo.addEventListener("click", () => {
    fill(before);
    remove(draftKey(form.dataset.criterion));
    banner.remove();
    form.querySelector("h1").tabIndex = -1;
    form.querySelector("h1").focus();
  });
  document.getElementById("restored")?.remove();
  form.prepend(banner);
}

function watchTyping() {
  let waiting;
  let typed = false;
  const flush = () => {
    clearTimeout(waiting);
    if (typed) keepDraft();
    typed = false;
  };
  const typing = (event) => {
    if (!event.isTrusted || NOT_TYPED.has(event.target.name)) return;
    typed = true;
    clearTimeout(waiting);
    waiting = setTimeout(flush, PAUSE);
  };
  form.addEventListener("input", typing);
  form.addEventListener("change", typing);
  document.addEventListener("visibilitychange", flush);
  window.addEventListener("pagehide", flush);
}

function begin() {
  if (form.dataset.saved && !cameBack()) remove(draftKey(form.dataset.saved));
  keepJourney();
  if (form.dataset.criterion) watchTyping();
}

function show(event) {
  if (wasCleared()) {
    location.replace("/quick-check");
  } else if (form.dataset.criterion && !event.persisted) {
    restoreDraft();
  }
}

// ---- Pages without answers of their own ----

function offerKept() {
  const list = document.getElementById("kept-list");
  const shown = document.getElementById("under-way")?.dataset.journey;
  const others = journeys().filter((journey) => journey.id !== shown);
  if (!list || !others.length) return;
  list.replaceChildren(...others.map(kept));
  document.getElementById("kept-here").hidden = false;
}

function kept(journey) {
  const item = document.createElement("li");
  const go = document.createElement("form");
  go.method = "post";
  go.action = "/quick-check/answers/tasks";
  for (const [name, value] of [["token", ""], ["kept", journey.token]]) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name, value });
    go.append(field);
  }
  const words = document.createElement("p");
  words.className = "govuk-body govuk-!-margin-bottom-2";
  words.textContent = `${journey.title}, last changed ${time(journey.at, { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" })}`;
  const button = document.createElement("button");
  button.className = "govuk-button";
  button.textContent = "Go on";
  button.setAttribute("aria-label", `Go on with ${words.textContent}`);
  const drop = document.createElement("button");
  drop.type = "button";
  drop.className = "govuk-button govuk-button--secondary";
  drop.textContent = "Remove";
  drop.setAttribute("aria-label", `Remove ${words.textContent}`);
  drop.addEventListener("click", () => askBeforeRemoving(journey, item, go));
  const group = document.createElement("div");
  group.className = "govuk-button-group";
  group.append(button, drop);
  go.append(words, group);
  item.append(go);
  return item;
}

// Removing can be undone while the page is open.
function askBeforeRemoving(journey, item, go) {
  const { key, id, ...value } = journey;
  const drafts = keys(`${DRAFT}${id}:`).map((name) => [name, read(name)]);
  forget(id);
  const undo = document.createElement("button");
  undo.type = "button";
  undo.className = "govuk-button govuk-button--secondary";
  undo.textContent = "Undo: put it back";
  undo.addEventListener("click", () => {
    write(key, value);
    drafts.forEach(([name, draft]) => write(name, draft));
    item.replaceChildren(go);
    go.querySelector("button").focus();
  });
  item.replaceChildren(undo);
  undo.focus();
}

function restore(page) {
  const [newest] = journeys();
  if (!newest || "tried" in page.dataset) return;
  if (!page.elements.kept.value) page.elements.kept.value = newest.token;
  page.hidden = false;
  if ("atOnce" in page.dataset) page.requestSubmit();
}

function clear(page) {
  keys(PREFIX).forEach(remove);
  write(CLEARED, { at: Number(page.dataset.made) });
}

document.addEventListener("submit", (event) => sendAlong(event.target));
if (form) {
  if (!wasCleared()) begin();
  window.addEventListener("pageshow", show);
  // Cleared in another tab: what this one shows goes too
  window.addEventListener("storage", (event) => {
    if (event.key === CLEARED && wasCleared()) location.replace("/quick-check");
  });
} else {
  const page = document.getElementById("restore");
  const cleared = document.getElementById("cleared");
  if (cleared) clear(cleared);
  if (page) restore(page);
  window.addEventListener("pageshow", offerKept);
}
