"""What the readiness of city pages depends on: each event names the city lists that have to be computed again."""

from typing import Any

from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.models import Page
from wagtail.signals import post_page_move

from articles.models import ArticlePage
from cms.cities.models import City
from cms.core.models import SiteSettings
from home.models import CityIndexPage, CityPage, ProvinceContent
from home.readiness.lists import (
    lists_around,
    lists_in,
    lists_moved_with,
    lists_of_site,
    lists_with_pages_of,
)
from home.readiness.staleness import (
    lists_below_another_threshold,
    refresh_after_commit,
)


def concerns_readers(page: Page, update_fields: Any) -> bool:
    """A new draft of a published page is saved with a few fields, and changes nothing that anybody can read.

    `page_published` would not do: it is not sent for aliases, nor when a page is saved by a program.
    """
    return update_fields is None or not page.live


def city_page_saved(instance: CityPage, **kwargs: Any) -> None:
    if concerns_readers(instance, kwargs.get("update_fields")):
        refresh_after_commit(lists_around(instance))


def city_page_deleted(instance: CityPage, **kwargs: Any) -> None:
    refresh_after_commit(lists_around(instance))


def page_moved(instance: Page, **kwargs: Any) -> None:
    """City pages go from list to list; a list may come below another site."""
    parents = kwargs["parent_page_before"], kwargs["parent_page_after"]
    refresh_after_commit(lists_moved_with(instance, *parents))


def city_list_saved(instance: CityIndexPage, **kwargs: Any) -> None:
    if kwargs.get("update_fields") is None:
        refresh_after_commit([instance])


def province_content_changed(instance: ProvinceContent, **kwargs: Any) -> None:
    refresh_after_commit(lists_in(instance.locale_id))


def city_saved(instance: City, **kwargs: Any) -> None:
    refresh_after_commit(lists_with_pages_of([instance.pk]))


def settings_saved(instance: SiteSettings, **kwargs: Any) -> None:
    """Only the threshold counts: what is national is nobody's own."""
    lists = lists_of_site(instance.site)
    refresh_after_commit(
        lists_below_another_threshold(lists, instance.readiness_threshold)
    )


def article_saved(instance: ArticlePage, **kwargs: Any) -> None:
    """Called before the article's new cities are stored: those it had count as those it gets."""
    if concerns_readers(instance, kwargs.get("update_fields")):
        article_changed(instance)


def article_changed(instance: ArticlePage, **kwargs: Any) -> None:
    had = City.objects.filter(articles=instance.pk).values_list("pk", flat=True)
    gets = [city.pk for city in instance.cities.all()]
    if ids := {*had, *gets}:
        refresh_after_commit(lists_with_pages_of(ids, locale_id=instance.locale_id))


def register_signal_handlers() -> None:
    post_save.connect(city_page_saved, sender=CityPage)
    post_delete.connect(city_page_deleted, sender=CityPage)
    post_page_move.connect(page_moved)
    post_save.connect(city_list_saved, sender=CityIndexPage)
    post_save.connect(province_content_changed, sender=ProvinceContent)
    post_delete.connect(province_content_changed, sender=ProvinceContent)
    post_save.connect(city_saved, sender=City)
    post_save.connect(settings_saved, sender=SiteSettings)
    post_save.connect(article_saved, sender=ArticlePage)
    pre_delete.connect(article_changed, sender=ArticlePage)
