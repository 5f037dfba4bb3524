"""The city lists that a change concerns. There are few: one for each site and language."""

from collections.abc import Collection

from django.db.models import Q, QuerySet
from wagtail.models import Page, Site

from home.models import CityIndexPage, CityPage


def lists_around(page: CityPage) -> QuerySet[CityIndexPage]:
    """The list that the page stands in. Known by its path, so that a deleted page knows it too."""
    return CityIndexPage.objects.filter(path=page.path[: -page.steplen])


def lists_moved_with(page: Page, before: Page, after: Page) -> QuerySet[CityIndexPage]:
    """Those that have lost or got the page, and those that went along with it."""
    parents = Q(pk__in=[before.pk, after.pk])
    return CityIndexPage.objects.filter(parents | Q(path__startswith=page.path))


def lists_in(locale_id: int) -> QuerySet[CityIndexPage]:
    return CityIndexPage.objects.filter(locale=locale_id)


def lists_of_site(site: Site) -> list[CityIndexPage]:
    """In every language."""
    return [each for each in CityIndexPage.objects.all() if each.get_site() == site]


def lists_with_pages_of(
    place_ids: Collection[int], locale_id: int | None = None
) -> list[CityIndexPage]:
    """Lists with a page of one of the cities, or of a city in one of the provinces."""
    places = Q(city__in=place_ids) | Q(city__parent__in=place_ids)
    lists = lists_in(locale_id) if locale_id else CityIndexPage.objects.all()
    return [
        each
        for each in lists
        if CityPage.objects.child_of(each).filter(places).exists()
    ]
