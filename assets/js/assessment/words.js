// How saving stands, in words, in the page's one line about it.

const MINUTE = { hour: "2-digit", minute: "2-digit" };
const at = (time) => new Intl.DateTimeFormat("en-GB", MINUTE).format(time);

const WORDS = {
  typing: () => "Not saved yet.",
  saving: () => "Saving…",
  saved: (time) => `Saved at ${at(time)}.`,
  back: (time) => `What you typed at ${at(time)} was not saved. It is back in the page, and is being saved now.`,
  lost: () => "Not saved: there is no connection. We keep trying. Your text is kept in this tab.",
  offline: () => "You are offline. Your text is kept in this tab, and is saved as soon as you are back online.",
  out: () => "Not saved: you are signed out.",
  other: () => "Not saved: somebody else has signed in here. Your text is kept in this tab.",
  conflict: (message) => `Not saved: ${message}. Press Continue to see both texts side by side; yours is not lost.`,
  refused: (message) => `Not saved: ${message}.`,
};
const CALM = new Set(["typing", "saving", "saved", "back"]);

export function say(state, detail) {
  const line = document.getElementById("saving");
  if (!line) return;
  const text = WORDS[state](detail);
  if (line.dataset.said === text) return; // said once, and again only when it changes
  line.dataset.said = text;
  line.dataset.state = CALM.has(state) ? "calm" : "trouble";
  line.textContent = text;
  if (state === "out") line.append(" ", signIn());
}

function signIn() {
  const link = document.createElement("a");
  link.className = "govuk-link";
  link.href = "/sign-in";
  link.target = "_blank";
  link.textContent = "Sign in again in a new tab: your text stays here and is saved then";
  return link;
}
