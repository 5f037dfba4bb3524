"""Which host names are ours. A wildcard in ALLOWED_HOSTS lets a name in; it does not make it a site.

Without this, every sub-domain that DNS leads here would show a copy of the default site, and search engines would hold
the copies against it. A name is ours when ALLOWED_HOSTS has it exactly, or when a Wagtail site has it.
"""

from collections.abc import Callable
from contextlib import suppress

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.http.request import split_domain_port
from wagtail.models import Site
from wagtail.models.sites import get_site_for_hostname

from cms.core.remembering import is_remembering, remember

GetResponse = Callable[[HttpRequest], HttpResponse]

# The admin shows no copy of the site, and is where a new host name is registered. The API answers in its own words.
OTHERWISE_HANDLED = ("/admin/", "/api/")


def is_known_host(request: HttpRequest) -> bool:
    """Whether the request's host is one of ours. Names listed exactly are known without a query.

    For the others the site is looked up, which the request remembers as Wagtail's views do.
    """
    hostname = split_domain_port(request.get_host())[0]
    if is_listed(hostname):
        return True
    site = Site.find_for_request(request)
    if site is not None and site.hostname == hostname:
        return True
    # Of several sites with one name and different ports, none may have been the request's.
    return Site.objects.filter(hostname=hostname).exists()


def is_listed(hostname: str) -> bool:
    """Whether ALLOWED_HOSTS has the name itself. One that begins with a dot stands for others."""
    return not hostname.startswith(".") and hostname in {
        name.lower() for name in settings.ALLOWED_HOSTS
    }


def remember_site(request: HttpRequest) -> None:
    """Where there is a memory, the site of a host and its home page are looked up once for many answers."""
    if is_remembering():
        hostname = split_domain_port(request.get_host())[0]
        key = ("site", hostname, request.get_port())
        with suppress(Site.DoesNotExist):
            request._wagtail_site = remember(key, lambda: find_site(*key[1:]))  # type: ignore[attr-defined]  # where Wagtail keeps it


def find_site(hostname: str, port: str) -> Site:
    site = get_site_for_hostname(hostname, port)
    site.root_page = site.root_page.specific
    return site


def known_hosts_only(get_response: GetResponse) -> GetResponse:
    """Answer 404 to a host name that is nobody's."""

    def middleware(request: HttpRequest) -> HttpResponse:
        remember_site(request)
        if request.path_info.startswith(OTHERWISE_HANDLED) or is_known_host(request):
            return get_response(request)
        response = HttpResponseNotFound(
            "No site has this host name.", content_type="text/plain"
        )
        response.headers["Cache-Control"] = "no-store"
        return response

    return middleware
