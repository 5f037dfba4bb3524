// Says that somebody reads the page: once it is really shown, and not while a browser only prepares it.
import { showCount } from "./view-count.js";

const { views } = document.body.dataset;

function count() {
  navigator.sendBeacon(views);
}

function countWhenVisible() {
  if (document.visibilityState === "visible") {
    count();
  } else {
    document.addEventListener("visibilitychange", countWhenVisible, { once: true });
  }
}

if (views) {
  showCount(views);
  if (document.prerendering) {
    document.addEventListener("prerenderingchange", countWhenVisible, { once: true });
  } else {
    countWhenVisible();
  }
}
