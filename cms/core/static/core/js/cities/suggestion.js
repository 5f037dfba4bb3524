// “Are you in 成都?” Asked once and answered by the visitor: nobody is sent anywhere without having said yes.
import { rememberAsked, rememberedCity, wasAsked } from "./memory.js";
import { citySwitch, locate, pointAt } from "./register.js";

const template = document.querySelector("[data-city-suggestion]");

export function makeSuggestion(city) {
  const suggestion = template.content.firstElementChild.cloneNode(true);
  for (const name of suggestion.querySelectorAll("[data-name]")) name.textContent = city.short_name;
  pointAt(suggestion.querySelector("[data-yes]"), city);
  for (const answer of suggestion.querySelectorAll("[data-yes], [data-no]")) {
    answer.addEventListener("click", () => {
      rememberAsked();
      suggestion.remove();
    });
  }
  return suggestion;
}

/* Whoever has chosen a city or answered before is not asked again. */
export async function suggestCity() {
  if (rememberedCity() || wasAsked()) return;
  const city = await locate().catch(() => null);
  if (city && city.slug !== citySwitch.dataset.shown) citySwitch.append(makeSuggestion(city));
}
