// Puts the provider's player in the place of a video's still picture, once the visitor asks for it.
for (const link of document.querySelectorAll("[data-player]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    const player = document.createElement("iframe");
    player.className = "video";
    player.src = link.dataset.player;
    player.title = link.textContent.trim();
    player.allow = "fullscreen";
    player.referrerPolicy = "no-referrer";
    link.replaceWith(player);
    player.focus();
  });
}
