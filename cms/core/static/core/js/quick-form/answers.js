// What the visitor has typed, and the key under which it is stored once.
const lastSent = new WeakMap();

export function fieldOf(form, key) {
  return form.querySelector(`.field[data-key="${CSS.escape(key)}"]`);
}

export function inputOf(field) {
  return field.querySelector("input, select, textarea");
}

/* A tick is sent as the digest of the text that it agrees to. */
function answerOf(input) {
  if (input.type !== "checkbox") return input.value;
  return input.checked && input.value;
}

export function readSubmission(form) {
  const hidden = new FormData(form);
  const answers = {};
  for (const field of form.querySelectorAll(".field[data-key]:not([hidden])")) {
    answers[field.dataset.key] = answerOf(inputOf(field));
  }
  return {
    answers,
    page: Number(hidden.get("_page")) || null,
    city: hidden.get("_city") || null,
    page_url: hidden.get("_url") || location.href,
    referrer: document.referrer,
    website: hidden.get("_website") ?? "",
  };
}

/* Not crypto.randomUUID: it is missing where the page does not come over HTTPS. */
function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/* The key under which these answers are stored once, however often they are sent. Other answers have another key. */
export function keyFor(form, body) {
  const last = lastSent.get(form);
  if (last?.body === body) return last.key;
  const key = newKey();
  lastSent.set(form, { body, key });
  return key;
}
