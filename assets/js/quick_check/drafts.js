// What is typed and not yet sent: kept after a pause, and put back when the page is opened again.

import { wasCleared } from "./answers.js";
import { draftKey, read, remove, write } from "./storage.js";
import { dayAndTime, filled, sayKept } from "./words.js";

const NOT_TYPED = new Set(["token", "kept", "from", "criterion", "go"]);
const PAUSE = 300; // milliseconds after the last key before what is typed is kept

const controls = (form) => [...form.elements].filter((control) => control.name && !NOT_TYPED.has(control.name));

const keyOf = (form) => draftKey(form.dataset.journey, form.dataset.criterion);

// The fields as they stand, or with `before` as the server sent them.
function fields(form, before = false) {
  const said = {};
  for (const control of controls(form)) {
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

function fill(form, said) {
  for (const control of controls(form)) {
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

function keepDraft(form) {
  if (wasCleared(form)) return;
  sayKept(write(keyOf(form), { fields: fields(form), at: Date.now() }));
}

export function restoreDraft(form) {
  const draft = read(keyOf(form));
  const before = fields(form, true);
  if (!draft?.fields || same(draft.fields, before)) return;
  fill(form, draft.fields);
  document.getElementById("restored")?.remove();
  form.prepend(banner(form, draft.at, before));
}

// Says that typed words are back, with a button that takes them away again.
function banner(form, at, before) {
  const words = document.createElement("p");
  words.className = "govuk-body";
  words.textContent = filled(form.dataset.restored, { moment: dayAndTime(at) });
  const undo = document.createElement("button");
  undo.type = "button";
  undo.className = "govuk-button govuk-button--secondary govuk-!-margin-bottom-0";
  undo.textContent = form.dataset.undo;
  const made = document.createElement("div");
  made.className = "govuk-inset-text";
  made.id = "restored";
  made.setAttribute("role", "status");
  made.append(words, undo);
  undo.addEventListener("click", () => {
    fill(form, before);
    remove(keyOf(form));
    made.remove();
    form.querySelector("h1").tabIndex = -1;
    form.querySelector("h1").focus();
  });
  return made;
}

export function watchTyping(form) {
  let waiting;
  let typed = false;
  const flush = () => {
    clearTimeout(waiting);
    if (typed) keepDraft(form);
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
