"""How long an answer may be kept: by browsers, and by caches that are told of changes."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

# For a cache of our own that drops an answer when something in it changes (RFC 9213 names the pattern). Nobody else
# understands the header, and that cache takes it off.
MANAGED_HEADER = "Delivery-Cache-Control"
MANAGED_SECONDS = 3_600


def keep_until_changed(response: HttpResponse) -> None:
    """Everything that the answer shows is in the database: it is as good as new until that changes."""
    response.headers[MANAGED_HEADER] = f"max-age={MANAGED_SECONDS}"


def shorten_life(request: Any, seconds: int) -> None:
    """Called while a page is rendered, by what stands on it and changes by itself at a certain moment."""
    request._seconds_to_live = min(
        seconds, getattr(request, "_seconds_to_live", seconds)
    )


def limit_age(request: HttpRequest, response: HttpResponse) -> None:
    """To be called when the page is rendered. What is not kept at all stays so."""
    seconds = getattr(request, "_seconds_to_live", None)
    if seconds is None or "max-age" not in response.get("Cache-Control", ""):
        return
    patch_cache_control(response, max_age=seconds)
    if MANAGED_HEADER in response.headers:
        response.headers[MANAGED_HEADER] = f"max-age={min(seconds, MANAGED_SECONDS)}"
