// Lets the header, the phone links and the quick form of a page of no city follow the city that the visitor has chosen.
import { forgetCity, rememberedCity } from "./memory.js";
import { citySwitch, fetchHeader, hasOwnCity } from "./register.js";

function showName(name) {
  const shown = citySwitch.querySelector(".city-switch__name");
  if (shown) {
    shown.textContent = name;
    return;
  }
  const made = document.createElement("span");
  made.className = "city-switch__name";
  made.textContent = name;
  citySwitch.querySelector(".icon").after(made);
}

function showPhone({ display, href, origin }) {
  if (!href) return;
  for (const link of document.querySelectorAll("[data-city-phone]")) {
    link.href = href;
    const number = link.querySelector("[data-number]");
    if (number) number.textContent = display;
  }
  const label = document.querySelector(".hotline__label");
  if (label) label.textContent = origin === "national" ? label.dataset.national : label.dataset.local;
}

/* A city that is asked for openly begins with the one that stood there; an answer of the visitor's stays. */
function setCityOfForms(slug) {
  for (const input of document.querySelectorAll("input[name=_city][data-follows-city]")) {
    for (const select of input.form.querySelectorAll("select")) {
      const choice = select.querySelector(`option[value="${CSS.escape(slug)}"]`);
      if (choice && select.value === input.value) select.value = slug;
    }
    input.value = slug;
  }
}

export async function showCity(slug) {
  const city = await fetchHeader(slug);
  if (!city) {
    forgetCity();
    return;
  }
  citySwitch.dataset.shown = slug;
  showName(city.short_name);
  showPhone(city.phone);
  setCityOfForms(slug);
}

/* Without an answer the page stays as it came, which is right for everybody. */
export async function followRememberedCity() {
  const slug = rememberedCity();
  if (slug && !hasOwnCity) await showCity(slug).catch(() => {});
}
