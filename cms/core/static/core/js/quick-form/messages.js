// What is wrong, next to the field and above the form; and the thanks.
import { fieldOf, inputOf } from "./answers.js";

function element(name, { className, text } = {}) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

export function clearErrors(form) {
  form.querySelector(".quick-form__errors")?.remove();
  for (const error of form.querySelectorAll(".field__error")) {
    const input = inputOf(error.closest(".field"));
    const others = (input.getAttribute("aria-describedby") ?? "").replace(error.id, "");
    input.removeAttribute("aria-invalid");
    input.setAttribute("aria-describedby", others.trim());
    error.closest(".field").classList.remove("field--invalid");
    error.remove();
  }
}

export function showSummary(form, text, links = []) {
  const summary = element("div", { className: "quick-form__errors" });
  summary.setAttribute("role", "alert");
  summary.tabIndex = -1;
  summary.append(element("p", { text }));
  if (links.length) {
    const list = element("ul");
    list.append(...links);
    summary.append(list);
  }
  form.querySelector(".quick-form__title").after(summary);
  summary.focus();
}

function showFieldError(field, message) {
  const input = inputOf(field);
  const error = element("p", { className: "field__error", text: message });
  error.id = `${input.id}_error`;
  const others = input.getAttribute("aria-describedby");
  input.setAttribute("aria-describedby", [others, error.id].filter(Boolean).join(" "));
  input.setAttribute("aria-invalid", "true");
  field.classList.add("field--invalid");
  field.append(error);
}

function linkTo(field, message) {
  const link = element("a", { text: message });
  link.href = `#${inputOf(field).id}`;
  const item = element("li");
  item.append(link);
  return item;
}

/* False when something is wrong that this page has no field for: the form was changed meanwhile. */
export function showErrors(form, problem) {
  const errors = (problem.errors ?? []).map(({ loc, msg }) => ({
    field: loc[1] === "answers" && loc[2] ? fieldOf(form, loc[2]) : null,
    msg,
  }));
  if (!errors.length || errors.some(({ field }) => !field)) return false;
  errors.forEach(({ field, msg }) => showFieldError(field, msg));
  showSummary(
    form,
    form.dataset.errors,
    errors.map(({ field, msg }) => linkTo(field, msg)),
  );
  return true;
}

export function showThanks(form, { receipt, thanks }) {
  const level = form.querySelector(".quick-form__title").localName;
  const section = element("section", { className: "quick-form quick-form--sent" });
  const title = element(level, { className: "quick-form__title", text: thanks.title });
  title.tabIndex = -1;
  section.append(title);
  for (const paragraph of thanks.text.split(/\n{2,}/).filter(Boolean)) {
    const text = element("p");
    text.innerText = paragraph;
    section.append(text);
  }
  const line = element("p", {
    className: "quick-form__receipt",
    text: `${form.dataset.receipt} `,
  });
  line.append(element("strong", { text: receipt }));
  section.append(line);
  form.replaceWith(section);
  title.focus();
}
