// Keeps a quick check in this browser's own storage: the newest answers, and what is typed but not yet sent.
// Everything works without this script; nothing here is sent anywhere but back to our own server, in the form.

import { cameBack, keepJourney, sendAlong, wasCleared } from "./quick_check/answers.js";
import { restoreDraft, watchTyping } from "./quick_check/drafts.js";
import { clear, offerKept, restore } from "./quick_check/kept.js";
import { draftKey, isClearing, remove } from "./quick_check/storage.js";

const form = document.querySelector("form[data-quick-check]");

function begin() {
  const { journey, saved, criterion } = form.dataset;
  if (saved && !cameBack()) remove(draftKey(journey, saved));
  keepJourney(form);
  if (criterion) watchTyping(form);
}

function show(event) {
  if (wasCleared(form)) {
    location.replace("/quick-check");
  } else if (form.dataset.criterion && !event.persisted) {
    restoreDraft(form);
  }
}

document.addEventListener("submit", (event) => sendAlong(event.target));
if (form) {
  if (!wasCleared(form)) begin();
  window.addEventListener("pageshow", show);
  // Cleared in another tab: what this one shows goes too
  window.addEventListener("storage", (event) => {
    if (isClearing(event) && wasCleared(form)) location.replace("/quick-check");
  });
} else {
  const page = document.getElementById("restore");
  const cleared = document.getElementById("cleared");
  if (cleared) clear(cleared);
  if (page) restore(page);
  window.addEventListener("pageshow", offerKept);
}
