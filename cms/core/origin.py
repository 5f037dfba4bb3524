"""Who may send a form: this site's own pages, and programs. Never another site's page in a visitor's browser."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.utils.http import is_same_domain


def is_cross_site(request: HttpRequest) -> bool:
    """Whether a browser says that another site's page has sent the request.

    This is what stands in the place of a CSRF token: pages are the same for everybody, so they cannot hold one. Every
    browser sends `Origin` with a POST to another site, and no page can forge or remove it. A request without any of
    the headers is let through: it comes from a program, which could write whatever it likes into them, or from the
    site's own page behind a proxy that removes them. There is no session that it could misuse.

    Host names in CSRF_TRUSTED_ORIGINS count as our own, as they do for Django.
    """
    relation = request.headers.get("Sec-Fetch-Site")
    if relation == "same-origin":
        return False
    source = request.headers.get("Origin") or request.headers.get("Referer")
    if source is None:
        return relation in ("same-site", "cross-site")
    host = host_of(source)
    if is_trusted(host):
        return False
    return relation in ("same-site", "cross-site") or host != request.get_host()


def host_of(address: str) -> str:
    try:
        return urlsplit(address).netloc
    except ValueError:
        return ""


def is_trusted(host: str) -> bool:
    trusted = [host_of(origin) for origin in settings.CSRF_TRUSTED_ORIGINS]
    return any(is_same_domain(host, name.lstrip("*")) for name in trusted)
