// Pages without answers of their own: what is kept here is offered, opened again, removed or cleared.

import { clearAll, draftKeys, forget, journeys, read, write } from "./storage.js";
import { dayAndTime } from "./words.js";

export function offerKept() {
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
  words.textContent = `${journey.title}, last changed ${dayAndTime(journey.at)}`;
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
  const drafts = draftKeys(id).map((name) => [name, read(name)]);
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
