/*
 * The city in the header: remembers which one the visitor chooses, shows it again on pages of no city, and opens the list
 * of cities over the page. Without this script the same links lead to the same cities.
 */
import { followRememberedCity, showCity } from "./cities/header.js";
import { rememberCity } from "./cities/memory.js";
import { citySwitch, listLink } from "./cities/register.js";

function opensElsewhere(event) {
  return event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
}

function choose(event) {
  const link = event.target.closest("a[data-city]");
  if (!link) return;
  rememberCity(link.dataset.city);
  if (link.dataset.stays === undefined || opensElsewhere(event)) return;
  event.preventDefault();
  showCity(link.dataset.city).catch(() => location.assign(link.href));
}

async function openList(event) {
  if (opensElsewhere(event)) return;
  event.preventDefault();
  try {
    const { openDialog } = await import("./cities/dialog.js");
    await openDialog();
  } catch {
    location.assign(listLink.href);
  }
}

async function suggest() {
  const { suggestCity } = await import("./cities/suggestion.js");
  await suggestCity();
}

if (citySwitch) {
  document.addEventListener("click", choose);
  followRememberedCity();
  // A page that the browser has kept comes back as it was, but another city may have been chosen since.
  window.addEventListener("pageshow", ({ persisted }) => persisted && followRememberedCity());
}
if (listLink) {
  listLink.addEventListener("click", openList);
  if (citySwitch.dataset.canLocate !== undefined) suggest();
}
