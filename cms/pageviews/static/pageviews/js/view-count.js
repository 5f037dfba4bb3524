// Fills in how often the page has been read. Until that is known nothing of it is seen.
export async function showCount(address) {
  const place = document.querySelector("[data-view-count]");
  if (!place) return;
  const answer = await fetch(address).catch(() => null);
  if (!answer?.ok) return;
  const { views } = await answer.json();
  place.querySelector("[data-count]").textContent = views.toLocaleString(document.documentElement.lang);
  place.hidden = false;
}
