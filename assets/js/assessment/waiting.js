// Answers on other pages that could not be saved when they were left: sent from whatever page comes next.

import { forget, kept, keyOf, keys } from "./drafts.js";
import { freshToken, send } from "./sending.js";
import { words } from "./words.js";

export async function sendWaiting(form) {
  const here = form ? keyOf(form) : "";
  for (const key of keys().filter((other) => other !== here)) await sendOne(key, kept(key));
}

async function sendOne(key, draft) {
  const [account, assessment, criterion] = key.split("/");
  const page = `/assessments/${assessment}/criteria/${criterion}`;
  if (!draft) return;
  const fresh = await freshToken(page, account);
  if (fresh.state !== "fresh") return tell(fresh.state, page, criterion);
  const result = await send(`${page}/save`, fresh.token, draft);
  if (result.state === "saved" && kept(key)?.at === draft.at) forget(key);
  // What a button sent just before this page came is saved already: no news
  if (!(draft.sent && result.state === "saved")) tell(result.state, page, criterion);
}

// On a page whose answer can no longer be changed: the words that could not be saved, to copy or to drop.
export function offer(place) {
  const key = keyOf(place);
  const draft = kept(key);
  if (!draft) return;
  const text = document.createElement("textarea");
  text.className = "govuk-textarea";
  text.readOnly = true;
  text.rows = 6;
  text.setAttribute("aria-label", words.leftLabel);
  text.value = ["evidence", "not_applicable", "reason", "links", "note"]
    .map((name) => draft.fields[name])
    .filter(Boolean)
    .join("\n\n");
  const drop = document.createElement("button");
  drop.type = "button";
  drop.className = "govuk-button govuk-button--secondary";
  drop.textContent = words.drop;
  const why = document.createElement("p");
  why.className = "govuk-body";
  why.textContent = words.left;
  drop.addEventListener("click", () => {
    forget(key);
    place.replaceChildren();
  });
  place.append(why, text, drop);
}

function tell(state, page, criterion) {
  if (state === "other" || state === "out") return; // not this person's: kept for the one who typed it
  const [before, after] = (state === "saved" ? words.sent : words.notSent).split("%{criterion}");
  const news = document.createElement("p");
  news.className = "govuk-body";
  const link = document.createElement("a");
  link.className = "govuk-link";
  link.href = page;
  link.textContent = criterion;
  news.append(before, link, after);
  const note = document.createElement("div");
  note.className = "govuk-inset-text";
  note.setAttribute("role", "status");
  note.append(news);
  document.getElementById("main-content").prepend(note);
}
