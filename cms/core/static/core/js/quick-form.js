/*
 * Sends the quick-service form without leaving the page. The form works without this script: whatever the script cannot
 * handle is left to the browser, which sends the same inputs to the form's own address.
 */
(() => {
  "use strict";

  const TIMEOUT = 30_000;
  const PROOF_TIMEOUT = 10_000;
  const lastSent = new WeakMap();

  function element(name, { className, text } = {}) {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  }

  /* Loaded when somebody fills in a form, not with every page. */
  function guard() {
    return import("./proof-of-work.js");
  }

  /* Nobody waits longer than this for it: the form is sent without. */
  function proofOf(form) {
    const none = new Promise((resolve) => setTimeout(resolve, PROOF_TIMEOUT, ""));
    return Promise.race([guard().then(({ take }) => take(form)).catch(() => ""), none]);
  }

  function fieldOf(form, key) {
    return form.querySelector(`.field[data-key="${CSS.escape(key)}"]`);
  }

  function inputOf(field) {
    return field.querySelector("input, select, textarea");
  }

  function readSubmission(form) {
    const hidden = new FormData(form);
    const answers = {};
    for (const field of form.querySelectorAll(".field[data-key]")) {
      const input = inputOf(field);
      answers[field.dataset.key] = input.type === "checkbox" ? input.checked : input.value;
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
  function keyFor(form, body) {
    const last = lastSent.get(form);
    if (last?.body === body) return last.key;
    const key = newKey();
    lastSent.set(form, { body, key });
    return key;
  }

  function clearErrors(form) {
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

  function showSummary(form, text, links = []) {
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
  function showErrors(form, problem) {
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

  function showThanks(form, { receipt, thanks }) {
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

  async function send(form) {
    const { status, content } = await post(form);
    if (status === 201) {
      showThanks(form, content);
    } else if (status >= 500 || status === 429) {
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

  document.querySelectorAll("form.quick-form[data-api]").forEach(enhance);
})();
