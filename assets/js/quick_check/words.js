// What the script says in words, and when.

const DAY = { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" };
const MINUTE = { hour: "2-digit", minute: "2-digit" };

const format = (at, style) => new Intl.DateTimeFormat("en-GB", style).format(at);

// 3 March at 14:05, as the browser writes it in British English.
export const dayAndTime = (at) => format(at, DAY);

// Whether a copy of the answers could be kept here; said once, and again only when it changes.
export function sayKept(done) {
  const note = document.getElementById("kept");
  const words = done
    ? `Kept in this browser at ${format(Date.now(), MINUTE)}. Our server keeps nothing.`
    : "This browser does not let us keep a copy: its storage is full or switched off. Download the answers file before you close this page.";
  if (note && note.textContent !== words) note.textContent = words;
}
