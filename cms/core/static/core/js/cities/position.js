// Where the visitor is, if the visitor wants to tell: asked for by a button only, and made vague before it is sent.
import { locate } from "./register.js";

const OPTIONS = { timeout: 10_000, maximumAge: 600_000 };
/* Two decimals are a kilometre: enough to know the city by. */
const DECIMALS = 2;

export function canBeAsked() {
  return window.isSecureContext && "geolocation" in navigator;
}

function askBrowser() {
  return new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject, OPTIONS));
}

/* The nearest city, or null. Fails as the browser or the server does. */
export async function locateByPosition() {
  const { coords } = await askBrowser();
  return locate({
    latitude: coords.latitude.toFixed(DECIMALS),
    longitude: coords.longitude.toFixed(DECIMALS),
  });
}
