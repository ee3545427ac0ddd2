// What the script says, in the page's words, and when, in the page's language.

const DAY = { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" };
const MINUTE = { hour: "2-digit", minute: "2-digit" };

const language = document.documentElement.lang;

const format = (at, style) => new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, style).format(at);

// 3 March at 14:05, as the browser writes it in British English, or in the language of the page.
export const dayAndTime = (at) => format(at, DAY);

// The page's words with %{name} filled in for each of the values.
export const filled = (words, values) => words.replace(/%\{(\w+)\}/g, (place, name) => values[name] ?? place);

// Whether a copy of the answers could be kept here; said once, and again only when it changes.
export function sayKept(done) {
  const note = document.getElementById("kept");
  if (!note) return;
  const { kept, notKept } = note.dataset;
  const words = done ? filled(kept, { time: format(Date.now(), MINUTE) }) : notKept;
  if (note.textContent !== words) note.textContent = words;
}
