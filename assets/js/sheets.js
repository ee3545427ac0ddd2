// Typing in sheets of paper: a letter goes on to the next question, Enter to the next sheet, arrows where they
// point. Without this script the tab key does it.

const form = document.getElementById("sheets");

function cell(from, down, right) {
  const [, row, column] = from.id.split("-").map(Number);
  return document.getElementById(`cell-${row + down}-${column + right}`);
}

function go(to) {
  to?.focus();
  to?.select();
}

const firstOfNext = (from) => document.getElementById(`cell-${Number(from.id.split("-")[1]) + 1}-1`);
const WAYS = {
  Enter: firstOfNext,
  ArrowDown: (from) => cell(from, 1, 0),
  ArrowUp: (from) => cell(from, -1, 0),
};

form?.addEventListener("input", ({ target }) => {
  if (target.matches(".sheet-cell") && target.value.trim().length === 1) go(cell(target, 0, 1) ?? firstOfNext(target));
});
form?.addEventListener("keydown", (event) => {
  if (!event.target.matches(".sheet-cell") || !WAYS[event.key]) return;
  event.preventDefault();
  go(WAYS[event.key](event.target));
});
