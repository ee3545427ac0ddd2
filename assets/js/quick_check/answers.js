// The answers that a page carries: the newest are kept here, and those of another tab go along when it is sent.

import { clearedAt, journeyKey, read, write } from "./storage.js";
import { sayKept } from "./words.js";

export function cameBack() {
  return performance.getEntriesByType("navigation")[0]?.type === "back_forward";
}

// Pages shown again by Back after the answers were cleared must not bring them back.
export function wasCleared(form) {
  return clearedAt() >= Number(form.dataset.made);
}

export function keepJourney(form) {
  const { journey, step, title } = form.dataset;
  const stored = read(journeyKey(journey));
  const mine = { token: form.elements.token.value, step: Number(step), title, at: Date.now() };
  const newer = !stored || mine.step > stored.step || (mine.step === stored.step && !cameBack());
  sayKept(newer ? write(journeyKey(journey), mine) : true);
}

// What another tab has kept meanwhile goes along, so that the server can put the two together.
export function sendAlong(sent) {
  const id = sent.dataset.journey;
  const stored = id && read(journeyKey(id));
  if (stored?.token && sent.elements.kept && stored.token !== sent.elements.token.value) {
    sent.elements.kept.value = stored.token;
  }
}
