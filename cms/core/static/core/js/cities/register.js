// What the site knows about cities: asked of its API, at the address and in the language that the page names.
const PATIENCE = 8_000;

export const citySwitch = document.querySelector(".city-switch");
export const listLink = citySwitch?.querySelector(".city-switch__link");
/* The page is about a city: its own stays in the header, whatever the visitor has chosen before. */
export const hasOwnCity = citySwitch?.dataset.ownCity !== undefined;

function ask(path, parameters = {}) {
  const { api, locale } = citySwitch.dataset;
  const query = new URLSearchParams({ locale, ...parameters });
  return fetch(`${api}${path}?${query}`, { signal: AbortSignal.timeout(PATIENCE) });
}

async function read(path, parameters) {
  const response = await ask(path, parameters);
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}`);
  return response.json();
}

export async function fetchCities() {
  const { items } = await read("");
  return items;
}

/* Null: there is no such city. */
export async function fetchHeader(slug) {
  const response = await ask(`${slug}/header/`);
  if (response.status === 404) return null;
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}`);
  return response.json();
}

/* Null: nobody knows. With coordinates, the city next to them. */
export async function locate(coordinates) {
  const { city } = await read("locate/", coordinates);
  return city;
}

/* The address at which a city is found: its own page, else the list, which says how the city is served. */
export function addressOf(city) {
  return city.page?.path ?? `${listLink.pathname}?city=${city.slug}`;
}

/* A link that chooses a city. Where nothing but the header changes, the visitor stays on the page. */
export function pointAt(link, city) {
  link.href = addressOf(city);
  link.dataset.city = city.slug;
  link.toggleAttribute("data-stays", !city.page && !hasOwnCity);
}
