"""Videos elsewhere, known by their address alone: nothing is asked of anybody when an editor saves."""

import re
from typing import Any
from urllib.parse import quote

from wagtail.embeds.finders.base import EmbedFinder

# Address of a video's page → address of its player. The content security policy allows just these player hosts.
PLAYERS = (
    (
        re.compile(r"^https://(?:www\.)?bilibili\.com/video/(?P<id>BV\w+)"),
        "https://player.bilibili.com/player.html?bvid={id}&autoplay=0",
    ),
    (
        re.compile(r"^https://v\.qq\.com/x/page/(?P<id>\w+)\.html"),
        "https://v.qq.com/txp/iframe/player.html?vid={id}",
    ),
    (
        re.compile(r"^https://v\.youku\.com/v_show/id_(?P<id>[\w=]+)\.html"),
        "https://player.youku.com/embed/{id}",
    ),
)
PLAYER_HOSTS = (
    "https://player.bilibili.com",
    "https://v.qq.com",
    "https://player.youku.com",
)


def player_url(url: str) -> str | None:
    """The player's address for a video page of a known provider, else None."""
    for pattern, player in PLAYERS:
        if match := pattern.match(url):
            return player.format(id=quote(match["id"]))
    return None


class OfflineVideoFinder(EmbedFinder):
    """Wagtail's embed finder, answered from the address instead of the provider's oEmbed service."""

    def accept(self, url: str) -> bool:
        return player_url(url) is not None

    def find_embed(
        self, url: str, max_width: int | None = None, max_height: int | None = None
    ) -> dict[str, Any]:
        return {
            "title": "",
            "author_name": "",
            "provider_name": "",
            "type": "video",
            "thumbnail_url": "",
            "width": 1280,
            "height": 720,
            "html": "",
        }
