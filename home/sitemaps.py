"""What search engines are asked to read: every public page of the site, and of its city pages those that are ready."""

from collections import defaultdict
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.contrib.sitemaps import Sitemap
from wagtail.coreutils import get_content_languages
from wagtail.models import Locale, Page
from wagtail.query import PageQuerySet

from home.models import CityPage


class PageSitemap(Sitemap):
    """All pages of the site in all languages, except those of cities. Two queries however many there are."""

    model = Page

    def items(self) -> PageQuerySet:
        home = self.get_wagtail_site().root_page
        homes = home.get_translations(inclusive=True).filter(depth=home.depth)
        # Nothing below a language's home page is served while that is a draft.
        homes = homes.filter(Q(live=True) | Q(pk=home.pk))
        paths = [Q(path__startswith=each.path) for each in homes.only("path")]
        pages = self.model.objects.filter(reduce(or_, paths)).live().public()
        return self.narrow(pages.order_by("path"))

    def _urls(self, page: int, protocol: str, domain: str) -> list[dict[str, Any]]:
        """As Wagtail's, each address with those of its other languages, which stand in the same sitemap."""
        items = self.paginator.page(page).object_list
        entries = [
            (item, url) for item in items for url in item.get_sitemap_urls(self.request)
        ]
        alternates = find_alternates(entries)
        for item, url in entries:
            url["alternates"] = alternates[item.translation_key]
        urls = [url for _item, url in entries]
        changes = {url.get("lastmod") for url in urls}
        if changes and None not in changes:
            self.latest_lastmod = max(changes)
        return urls

    def narrow(self, pages: PageQuerySet) -> PageQuerySet:
        # Without the fields of their types, which addresses do not need.
        return pages.not_type(CityPage).specific(defer=True)


class CityPageSitemap(PageSitemap):
    model = CityPage

    def narrow(self, pages: PageQuerySet) -> PageQuerySet:
        ready = pages.filter(readiness__is_ready=True).select_related("readiness")
        return ready.defer_streamfields()


def find_alternates(
    entries: list[tuple[Page, dict[str, Any]]],
) -> dict[UUID, list[dict[str, str]]]:
    """By translation key, for search engines; none for what is in one language only."""
    families: dict[UUID, dict[int, str]] = defaultdict(dict)
    for page, url in entries:
        families[page.translation_key][page.locale_id] = url["location"]
    locales = {page.locale_id for page, _url in entries}
    codes = language_codes() if len(locales) > 1 else {}
    return {
        key: alternates_of(
            {codes[locale_id]: href for locale_id, href in family.items()}
        )
        if len(family) > 1
        else []
        for key, family in families.items()
    }


def language_codes() -> dict[int, str]:
    return dict(Locale.objects.values_list("pk", "language_code"))


def alternates_of(addresses: dict[str, str]) -> list[dict[str, str]]:
    """`x-default` is for readers of no language of ours: the site's first one that there is."""
    found = [
        {"lang_code": code, "location": addresses[code]}
        for code in get_content_languages()
        if code in addresses
    ]
    default = [{**each, "lang_code": "x-default"} for each in found[:1]]
    return [*found, *default]


SITEMAPS = {"pages": PageSitemap, "cities": CityPageSitemap}


def robots(request: HttpRequest) -> HttpResponse:
    return render(request, "robots.txt", content_type="text/plain; charset=utf-8")
