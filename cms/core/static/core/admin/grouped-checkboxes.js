/* Checkboxes in groups: a box that filters them by name, pinyin or initials, and a line that names what is chosen. */

(() => {
  const compact = (text) => text.toLowerCase().replace(/\s+/g, "");

  const isFound = (label, words) => {
    const text = compact(label.textContent);
    const others = label.dataset.words?.split(" ") ?? [];
    return text.includes(words) || others.some((other) => other.startsWith(words));
  };

  class GroupedCheckboxesController extends window.StimulusModule.Controller {
    static targets = ["names", "filter", "status", "list", "group"];

    connect() {
      this.filterTarget.hidden = false;
      this.listTarget.addEventListener("change", () => this.name());
    }

    name() {
      const chosen = [...this.listTarget.querySelectorAll("input:checked")];
      const names = chosen.map(({ parentElement: label }) => label.dataset.name ?? label.textContent.trim());
      this.namesTarget.textContent = names.join("、") || this.listTarget.dataset.none;
    }

    filter({ target }) {
      const words = compact(target.value);
      this.groupTargets.forEach((group) => this.filterGroup(group, words));
      const isEmpty = this.groupTargets.every((group) => group.hidden);
      this.statusTarget.textContent = isEmpty ? this.statusTarget.dataset.none : "";
    }

    filterGroup(group, words) {
      const labels = [...group.querySelectorAll("label")];
      const whole = labels.find((label) => "whole" in label.dataset);
      const all = words === "" || (whole && isFound(whole, words));
      const found = labels.filter((label) => all || isFound(label, words));
      labels.forEach((label) => {
        label.hidden = !found.includes(label);
      });
      group.hidden = found.length === 0;
    }

    /* Enter in the filter must not save the form. */
    stay(event) {
      if (event.key === "Enter") event.preventDefault();
    }
  }

  window.wagtail.app.register("grouped-checkboxes", GroupedCheckboxesController);
})();
