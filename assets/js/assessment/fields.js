// The fields of the answer as names and values: what is sent, kept and put back.

const ANSWER = new Set([
  "evidence", "choice", "not_applicable", "confidence", "reason", "links", "otherwise", "importance", "note",
]);

const controls = (form) => [...form.elements].filter((control) => ANSWER.has(control.name));

export const isOfAnswer = (control) => ANSWER.has(control.name);

export function fieldsOf(form) {
  const fields = {};
  for (const control of controls(form)) {
    const chosen = control.type !== "radio" && control.type !== "checkbox";
    if (chosen || control.checked) fields[control.name] = control.value;
  }
  return fields;
}

export function fill(form, fields) {
  for (const control of controls(form)) {
    const wanted = fields[control.name] ?? "";
    if (control.type === "radio" || control.type === "checkbox") {
      control.checked = control.value === wanted;
      if (control.checked) reveal(control);
      // The component library shows and hides what belongs to a choice when it hears a click
      if (control.checked) control.dispatchEvent(new Event("click", { bubbles: true }));
    } else if (control.value !== wanted) {
      control.value = wanted;
      reveal(control);
      control.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
}

export function same(one, other) {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => (one[name] ?? "") === (other[name] ?? ""));
}

function reveal(control) {
  const folded = control.closest("details");
  if (folded) folded.open = true;
}
