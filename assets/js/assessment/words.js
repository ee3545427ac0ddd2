// How saving stands, in the page's words and in its language, in the page's one line about it.

const MINUTE = { hour: "2-digit", minute: "2-digit" };
const language = document.documentElement.lang;
const at = (time) => new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, MINUTE).format(time);

const CALM = new Set(["typing", "saving", "saved", "back"]);
const TIMES = new Set(["saved", "back"]); // what is said with them is when, with others why

// What the page has for the scripts to say, by name.
export const words = document.getElementById("saving-words")?.dataset ?? {};

export function say(state, detail) {
  const line = document.getElementById("saving");
  if (!line) return;
  const text = words[state].replace(/%\{\w+\}/, () => (TIMES.has(state) ? at(detail) : detail));
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
  link.textContent = words.signIn;
  return link;
}
