// Pages without answers of their own: what is kept here is offered, opened again, removed or cleared.

import { clearAll, draftKeys, forget, journeys, read, write } from "./storage.js";
import { dayAndTime, filled } from "./words.js";

export function offerKept() {
  const list = document.getElementById("kept-list");
  const shown = document.getElementById("under-way")?.dataset.journey;
  const others = journeys().filter((journey) => journey.id !== shown);
  if (!list || !others.length) return;
  const box = document.getElementById("kept-here");
  list.replaceChildren(...others.map((journey) => kept(journey, box.dataset)));
  box.hidden = false;
}

// One quick check, in the words that the page has for it.
function kept(journey, said) {
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
  words.textContent = filled(said.kept, { title: journey.title, moment: dayAndTime(journey.at) });
  const button = document.createElement("button");
  button.className = "govuk-button";
  button.textContent = said.go;
  button.setAttribute("aria-label", filled(said.goWith, { kept: words.textContent }));
  const drop = document.createElement("button");
  drop.type = "button";
  drop.className = "govuk-button govuk-button--secondary";
  drop.textContent = said.remove;
  drop.setAttribute("aria-label", filled(said.removeWhat, { kept: words.textContent }));
  drop.addEventListener("click", () => askBeforeRemoving(journey, item, go, said.undo));
  const group = document.createElement("div");
  group.className = "govuk-button-group";
  group.append(button, drop);
  go.append(words, group);
  item.append(go);
  return item;
}

// Removing can be undone while the page is open.
function askBeforeRemoving(journey, item, go, words) {
  const { key, id, ...value } = journey;
  const drafts = draftKeys(id).map((name) => [name, read(name)]);
  forget(id);
  const undo = document.createElement("button");
  undo.type = "button";
  undo.className = "govuk-button govuk-button--secondary";
  undo.textContent = words;
  undo.addEventListener("click", () => {
    write(key, value);
    drafts.forEach(([name, draft]) => write(name, draft));
    item.replaceChildren(go);
    go.querySelector("button").focus();
  });
  item.replaceChildren(undo);
  undo.focus();
}

export function restore(page) {
  const [newest] = journeys();
  if (!newest || "tried" in page.dataset) return;
  if (!page.elements.kept.value) page.elements.kept.value = newest.token;
  page.hidden = false;
  if ("atOnce" in page.dataset) page.requestSubmit();
}

export function clear(page) {
  clearAll(Number(page.dataset.made));
}
