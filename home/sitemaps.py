"""What search engines are asked to read: every public page of the site, and of its city pages those that are ready."""

from functools import reduce
from operator import or_

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.contrib.sitemaps import Sitemap
from wagtail.models import Page
from wagtail.query import PageQuerySet

from home.models import CityPage


class PageSitemap(Sitemap):
    """All pages of the site in all languages, except those of cities. Two queries however many there are."""

    model = Page

    def items(self) -> PageQuerySet:
        home = self.get_wagtail_site().root_page
        homes = home.get_translations(inclusive=True).filter(depth=home.depth)
        paths = [Q(path__startswith=each.path) for each in homes.only("path")]
        pages = self.model.objects.filter(reduce(or_, paths)).live().public()
        return self.narrow(pages.order_by("path"))

    def narrow(self, pages: PageQuerySet) -> PageQuerySet:
        # Without the fields of their types, which addresses do not need.
        return pages.not_type(CityPage).specific(defer=True)


class CityPageSitemap(PageSitemap):
    model = CityPage

    def narrow(self, pages: PageQuerySet) -> PageQuerySet:
        ready = pages.filter(readiness__is_ready=True).select_related("readiness")
        return ready.defer_streamfields()


SITEMAPS = {"pages": PageSitemap, "cities": CityPageSitemap}


def robots(request: HttpRequest) -> HttpResponse:
    return render(request, "robots.txt", content_type="text/plain; charset=utf-8")
