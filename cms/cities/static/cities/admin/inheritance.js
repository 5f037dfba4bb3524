/* A field that inherits while it is empty: says which of both it does, overrides what it inherits and goes back. */

(() => {
  const stream = {
    isEmpty: (root) => root.children.length === 0,
    fill: (root, state) => root.setState(state),
    clear: (root) => root.clear(),
  };
  const boxes = {
    isEmpty: (inputs) => inputs.every((input) => !input.checked),
    fill: (inputs, keys) => {
      inputs.forEach((input) => check(input, keys.map(String).includes(input.value)));
    },
    clear: (inputs) => inputs.forEach((input) => check(input, false)),
  };
  const text = {
    isEmpty: (input) => input.value.trim() === "",
    fill: (input, words) => write(input, words),
    clear: (input) => write(input, ""),
  };

  function check(input, checked) {
    if (input.checked === checked) return;
    input.checked = checked;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function write(input, words) {
    input.value = words;
    // Wagtail's own controllers (size of the field, counters, unsaved edits) listen to both.
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  class InheritanceController extends window.StimulusModule.Controller {
    static targets = ["field", "inheriting", "overriding"];
    static values = { name: String, note: String, start: Object, question: String };

    connect() {
      // Blocks come and go without an event of their own.
      this.observer = new MutationObserver(() => this.update());
      const blocks = { childList: true, subtree: true, attributeFilter: ["aria-hidden"] };
      this.observer.observe(this.fieldTarget, blocks);
      this.fieldTarget.addEventListener("input", () => this.update());
      this.fieldTarget.addEventListener("change", () => this.update());
      this.describe();
      this.update();
    }

    disconnect() {
      this.observer.disconnect();
    }

    /* What a field consists of and how it is handled. A stream is there once Wagtail has drawn it. */
    find() {
      const root = document.getElementById(`${this.nameValue}-root`);
      if (root?.rootBlock) return [stream, root.rootBlock];
      const inputs = [...this.fieldTarget.querySelectorAll(`[name="${this.nameValue}"]`)];
      if (inputs.length === 0) return null;
      return inputs[0].type === "checkbox" ? [boxes, inputs] : [text, inputs[0]];
    }

    describe() {
      const input = this.fieldTarget.querySelector(`input[name="${this.nameValue}"], textarea`);
      if (!input || input.type === "checkbox" || input.type === "hidden") return;
      const others = input.getAttribute("aria-describedby");
      input.setAttribute("aria-describedby", [others, this.noteValue].filter(Boolean).join(" "));
    }

    update() {
      const found = this.find();
      if (!found || !this.hasInheritingTarget) return;
      const [handling, field] = found;
      const inherits = handling.isEmpty(field);
      this.inheritingTarget.hidden = !inherits;
      this.overridingTarget.hidden = inherits;
    }

    override() {
      const [handling, field] = this.find();
      handling.fill(field, this.startValue.value);
      this.update();
      this.focus();
    }

    goBack() {
      if (this.questionValue && !window.confirm(this.questionValue)) return;
      const [handling, field] = this.find();
      handling.clear(field);
      this.update();
      this.focus();
    }

    /* The button that was pressed is gone. */
    focus() {
      const input = this.fieldTarget.querySelector("input:not([type=hidden], [hidden] *), textarea, button");
      input?.focus();
    }
  }

  window.wagtail.app.register("inheritance", InheritanceController);
})();
