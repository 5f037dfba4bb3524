/*
 * Sends the quick-service form without leaving the page. The form works without this script: whatever the script cannot
 * handle is left to the browser, which sends the same inputs to the form's own address.
 */
import { keyFor, readSubmission } from "./quick-form/answers.js";
import { followConditions } from "./quick-form/conditions.js";
import { clearErrors, showErrors, showSummary, showThanks } from "./quick-form/messages.js";

const TIMEOUT = 30_000;
const PROOF_TIMEOUT = 10_000;

/* Loaded when somebody fills in a form, not with every page. */
function guard() {
  return import("./proof-of-work.js");
}

/* Nobody waits longer than this for it: the form is sent without. */
function proofOf(form) {
  const none = new Promise((resolve) => setTimeout(resolve, PROOF_TIMEOUT, ""));
  return Promise.race([guard().then(({ take }) => take(form)).catch(() => ""), none]);
}

async function post(form) {
  const submission = readSubmission(form);
  const key = keyFor(form, JSON.stringify(submission));
  const proof = await proofOf(form);
  const patience = new AbortController();
  setTimeout(() => patience.abort(), TIMEOUT);
  const response = await fetch(form.dataset.api, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      Accept: "application/json",
      "Idempotency-Key": key,
    },
    body: JSON.stringify({ ...submission, proof }),
    signal: patience.signal,
  });
  return { status: response.status, content: await response.json() };
}

/* The form was open when the page was loaded, or the page has been kept. What was typed stays to be copied. */
function isClosed(status, { errors = [] }) {
  return status === 409 && errors.some(({ type }) => type === "closed");
}

async function send(form) {
  const { status, content } = await post(form);
  if (status === 201) {
    showThanks(form, content);
  } else if (isClosed(status, content) || status === 429) {
    showSummary(form, content.detail);
  } else if (status === 503) {
    showSummary(form, form.dataset.unavailable);
  } else if (status >= 500) {
    showSummary(form, form.dataset.failure);
  } else if (status !== 422 || !showErrors(form, content)) {
    // Not `form.submit()`: a field may be called so.
    HTMLFormElement.prototype.submit.call(form);
  }
}

function enhance(form) {
  const button = form.querySelector("button[type=submit]");
  const label = button.textContent;
  // The server's messages are in the page's language, the browser's own in that of the browser.
  form.noValidate = true;
  form.addEventListener("focusin", () => guard().then(({ begin }) => begin(form), () => {}));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (button.disabled) return;
    button.disabled = true;
    button.textContent = form.dataset.sending;
    clearErrors(form);
    try {
      await send(form);
    } catch {
      // No connection, no answer in time, or none that is ours.
      showSummary(form, form.dataset.failure);
    } finally {
      button.disabled = false;
      button.textContent = label;
    }
  });
}

// A preview leads nowhere, but its fields come and go as they will.
document.querySelectorAll("form.quick-form").forEach(followConditions);
document.querySelectorAll("form.quick-form[data-api]").forEach(enhance);
