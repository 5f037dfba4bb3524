"""Which requests are answered from memory, and which answers are kept there. Everything else is left as it is."""

import re
from typing import Any

from django.conf import settings as django_settings
from django.urls import NoReverseMatch, reverse

from cms.delivery import settings
from cms.delivery.collecting import Collector
from cms.delivery.entries import Headers, find

METHODS = {"GET", "HEAD"}
LONGEST_PATH = 2_000
LONGEST_QUERY = 1_000
# Those that Django's framework reads of every request, and what `bypass_reason` keeps from us.
MESSAGES_COOKIE = "messages"
KEPT_STATUSES = {"200", "301", "308"}
# What an answer may vary by: encodings are ours, the language is part of the key, and there are no cookies.
UNDERSTOOD = {"accept-encoding", "accept-language", "cookie", ""}
REFUSING_DIRECTIVES = {"private", "no-store", "no-cache"}
AGE = re.compile(r"(?:^|[\s,])(s-maxage|max-age)\s*=\s*\"?(\d+)")
# For this cache alone, in the manner of RFC 9213. It goes no further.
OWN_HEADER = "delivery-cache-control"


class Policy:
    """Made once for a process, when the settings and addresses of the project are known."""

    def __init__(self) -> None:
        self.paths = tuple(bypass_paths())
        self.private_cookies = (
            django_settings.SESSION_COOKIE_NAME,
            django_settings.LANGUAGE_COOKIE_NAME,
            MESSAGES_COOKIE,
        )
        self.readable_cookies = {
            *self.private_cookies,
            django_settings.CSRF_COOKIE_NAME,
        }

    def bypass_reason(self, environ: dict[str, Any]) -> str:
        """Why a request is none for memory, as a word; empty if it is one."""
        if environ["REQUEST_METHOD"] not in METHODS:
            return "method"
        path = environ.get("PATH_INFO", "")
        if path.startswith(self.paths):
            return "path"
        if "HTTP_AUTHORIZATION" in environ or environ.get("REMOTE_USER"):
            return "authorization"
        if "HTTP_COOKIE" in environ and self.is_private(environ["HTTP_COOKIE"]):
            return "session"
        if "HTTP_RANGE" in environ:
            return "range"
        if not environ.get("HTTP_HOST"):
            return "host"
        if len(path) > LONGEST_PATH or len(environ["QUERY_STRING"]) > LONGEST_QUERY:
            return "oversized"
        return ""

    def is_private(self, cookies: str) -> bool:
        return any(f"{name}=" in cookies for name in self.private_cookies)

    def refusal(self, status: str, headers: Headers, collector: Collector) -> str:
        """Why an answer is not kept, as a word; empty if it may be."""
        if status[:3] not in KEPT_STATUSES:
            return "status"
        if find(headers, "set-cookie"):
            return "set-cookie"
        if directives_of(headers) & REFUSING_DIRECTIVES:
            return "private"
        vary = {name.strip().lower() for name in find(headers, "vary").split(",")}
        if not vary <= UNDERSTOOD:
            return "vary"
        if find(headers, "content-encoding") or find(headers, "content-disposition"):
            return "encoded"
        if not collector.cookies <= self.readable_cookies:
            return "cookies"
        return collector.refusal


def directives_of(headers: Headers) -> set[str]:
    values = f"{find(headers, 'cache-control')},{find(headers, OWN_HEADER)}"
    return {part.partition("=")[0].strip().lower() for part in values.split(",")}


def seconds_to_live(headers: Headers, collector: Collector) -> float:
    """How long an answer may be kept if nothing changes.

    What a view says for this cache holds; else what it says for shared caches, else for all, else our own limit.
    """
    limit = float(settings.get("MAX_AGE"))
    if collector.seconds is not None:
        limit = min(limit, collector.seconds)
    for name in (OWN_HEADER, "cache-control"):
        ages = dict(AGE.findall(find(headers, name).lower()))
        if ages:
            return min(limit, float(ages.get("s-maxage") or ages["max-age"]))
    return limit


def bypass_paths() -> list[str]:
    """Where nothing is for everybody, or is a file that the web server has anyway."""
    paths = list(settings.get("BYPASS_PATHS"))
    for url in (django_settings.STATIC_URL, django_settings.MEDIA_URL):
        if url and url.startswith("/") and len(url) > 1:
            paths.append(url)
    for name in ("wagtailadmin_home", "admin:index"):
        try:
            paths.append(reverse(name))
        except NoReverseMatch:
            continue
    try:
        address = reverse("wagtaildocs_serve", args=(1, "x"))
        paths.append(address.removesuffix("1/x"))
    except NoReverseMatch:
        pass
    return [path for path in paths if path != "/"]
