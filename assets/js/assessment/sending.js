// One save on its way to the server, and what became of it.

import { words } from "./words.js";

const PATIENCE = 15000; // milliseconds before an answer that does not come counts as a lost connection

// The result of a save: saved, conflict (somebody was quicker), refused (with why), out (signed out), old (the
// page's token is), or lost (try again).
export async function send(address, token, draft) {
  const body = new URLSearchParams({ ...draft.fields, changes: draft.changes, base: draft.base });
  try {
    const response = await fetch(address, {
      method: "POST",
      body,
      headers: { "X-Autosave": "1", "X-CSRF-Token": token },
      signal: AbortSignal.timeout(PATIENCE),
    });
    return await outcome(response);
  } catch {
    return { state: "lost" };
  }
}

async function outcome(response) {
  if (response.ok) return { state: "saved", ...(await response.json()) };
  if (response.status === 401) return { state: "out" };
  if (response.status === 400) return { state: "old" };
  if (response.status === 409 || response.status === 422) {
    const { message, conflict } = await response.json();
    return { state: conflict ? "conflict" : "refused", message };
  }
  if (response.status === 403 || response.status === 404) {
    return { state: "refused", message: words.notYours };
  }
  return { state: "lost" };
}

// A fresh token, where the same person has signed in again, perhaps in another tab; nothing where not.
export async function freshToken(page, account) {
  try {
    const response = await fetch(page, { headers: { "X-Autosave": "1" } });
    if (!response.ok) return { state: response.status === 401 ? "out" : "lost" };
    const found = new DOMParser().parseFromString(await response.text(), "text/html");
    const form = found.querySelector("form[data-answer]");
    if (!form) return { state: "refused", message: words.closed };
    if (form.dataset.account !== account) return { state: "other" };
    return { state: "fresh", token: form.elements.csrf_token.value };
  } catch {
    return { state: "lost" };
  }
}
