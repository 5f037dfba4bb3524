// Lets the header, the phone links and the quick form of a page of no city follow the city that the visitor has chosen.
import { forgetCity, rememberedCity } from "./memory.js";
import { citySwitch, fetchHeader, hasOwnCity } from "./register.js";

const EXTENSION = /\s*(?:转|轉|分机|分機|ext\.?|#)\s*/i;

function digits(text) {
  return text.replace(/[^\d+]/g, "");
}

function dial(phone) {
  const [number, extension] = phone.split(EXTENSION);
  return `tel:${digits(number)}${extension ? `;ext=${digits(extension)}` : ""}`;
}

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

function showPhone({ value, origin }) {
  if (!value) return;
  for (const link of document.querySelectorAll("[data-city-phone]")) {
    link.href = dial(value);
    const number = link.querySelector("[data-number]");
    if (number) number.textContent = value;
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
