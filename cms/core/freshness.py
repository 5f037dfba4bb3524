"""How long a page may be kept, where something on it changes by itself at a certain moment."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control


def shorten_life(request: Any, seconds: int) -> None:
    """Called while a page is rendered, by what stands on it."""
    request._seconds_to_live = min(
        seconds, getattr(request, "_seconds_to_live", seconds)
    )


def limit_age(request: HttpRequest, response: HttpResponse) -> None:
    """To be called when the page is rendered. What is not kept at all stays so."""
    seconds = getattr(request, "_seconds_to_live", None)
    if seconds is not None and "max-age" in response.get("Cache-Control", ""):
        patch_cache_control(response, max_age=seconds)
