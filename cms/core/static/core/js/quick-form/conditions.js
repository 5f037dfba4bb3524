// Fields that are shown only while an earlier one has a certain value. Without this script all of them are shown, each
// with a line that says when it is wanted.
import { fieldOf, inputOf } from "./answers.js";

function isMet(form, { shownWhen, shownValues }) {
  const other = fieldOf(form, shownWhen);
  if (!other) return true;
  return !other.hidden && shownValues.split(" ").includes(inputOf(other).value);
}

/* In the form's order: a field may wait for one that waits itself. */
function update(form, fields) {
  for (const field of fields) {
    field.hidden = !isMet(form, field.dataset);
    // What is not shown is not sent either, whoever sends it.
    inputOf(field).disabled = field.hidden;
  }
}

export function followConditions(form) {
  const fields = form.querySelectorAll(".field[data-shown-when]");
  if (!fields.length) return;
  for (const field of fields) field.querySelector(".field__condition")?.remove();
  form.addEventListener("change", () => update(form, fields));
  // A page that the browser has kept comes back with what was chosen in it, after this script has run.
  window.addEventListener("pageshow", () => update(form, fields));
  update(form, fields);
}
