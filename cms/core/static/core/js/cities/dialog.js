// The list of cities in a dialog over any page. Whatever goes wrong, the link to the list page still works.
import { canBeAsked, locateByPosition } from "./position.js";
import { fetchCities, listLink } from "./register.js";
import { linkAt, linksIn, makeFound, makeGroups, makeReachable } from "./results.js";
import { searchCities } from "./search.js";
import { makeSuggestion } from "./suggestion.js";

const template = document.querySelector("[data-city-dialog]");
const PERMISSION_DENIED = 1;

class CityDialog {
  constructor() {
    this.element = template.content.firstElementChild.cloneNode(true);
    const find = (name) => this.element.querySelector(name);
    this.field = find("input");
    this.form = find(".search-box");
    this.status = find(".city-dialog__status");
    this.list = find(".city-dialog__cities");
    this.locating = find(".city-dialog__locate");
    this.orders = [...this.element.querySelectorAll("[data-by]")];
    this.by = "initial";
    this.cities = null;
    this.listen();
    document.body.append(this.element);
  }

  listen() {
    this.field.addEventListener("input", () => this.show());
    this.form.addEventListener("submit", (event) => this.chooseFirst(event));
    this.element.addEventListener("keydown", (event) => this.move(event));
    this.element.addEventListener("click", (event) => this.click(event));
    this.element.addEventListener("close", () => listLink.focus());
    this.list.addEventListener("focusin", (event) => makeReachable(this.list, event.target));
    this.locating.hidden = !canBeAsked();
    this.locating.addEventListener("click", () => this.locate());
    for (const button of this.orders) button.addEventListener("click", () => this.order(button.dataset.by));
  }

  async open() {
    this.field.value = "";
    this.element.showModal();
    this.field.focus();
    this.status.textContent = this.status.dataset.loading;
    this.cities ??= await fetchCities();
    this.show();
  }

  show() {
    if (!this.cities) return;
    const { found, nothing } = this.status.dataset;
    const seeks = this.field.value.trim() !== "";
    const cities = searchCities(this.cities, this.field.value);
    this.list.replaceChildren(...(seeks ? makeFound(cities) : makeGroups(cities, this.by, this.list.dataset.hot)));
    this.list.scrollTop = 0;
    this.status.textContent = seeks ? (cities.length ? `${found} ${cities.length}` : nothing) : "";
    makeReachable(this.list);
  }

  order(by) {
    this.by = by;
    for (const button of this.orders) button.setAttribute("aria-pressed", button.dataset.by === by);
    this.field.value = "";
    this.show();
  }

  chooseFirst(event) {
    event.preventDefault();
    if (this.field.value.trim()) linksIn(this.list)[0]?.click();
  }

  move(event) {
    const links = linksIn(this.list);
    const current = document.activeElement;
    const next = links.includes(current)
      ? linkAt(event.key, links, current)
      : event.key === "ArrowDown" && current === this.field && links[0];
    if (next) next.focus();
    else if (event.key === "ArrowUp" && links.includes(current)) this.field.focus();
    else return;
    event.preventDefault();
  }

  /* A city or the backdrop: both end the dialog. */
  click(event) {
    if (event.target === this.element || event.target.closest("a[data-city]")) this.element.close();
    else if (event.target.closest("[data-no]")) this.locating.focus();
  }

  async locate() {
    const { searching, nowhere, denied, unknown } = this.locating.dataset;
    this.status.textContent = searching;
    try {
      const city = await locateByPosition();
      this.status.textContent = city ? "" : nowhere;
      if (city) this.suggest(city);
    } catch (error) {
      this.status.textContent = error.code === PERMISSION_DENIED ? denied : unknown;
    }
  }

  suggest(city) {
    this.element.querySelector(".city-suggestion")?.remove();
    const suggestion = makeSuggestion(city);
    this.status.after(suggestion);
    suggestion.querySelector("[data-yes]").focus();
  }
}

let dialog;

/* Fails when the cities cannot be had, unless the visitor has closed the dialog meanwhile. */
export async function openDialog() {
  dialog ??= new CityDialog();
  try {
    await dialog.open();
  } catch (error) {
    if (dialog.element.open) throw error;
  }
}
