"""What the public may know of: consumers of the log are told of nothing else."""

from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Locale,
    Page,
    PageViewRestriction,
    Site,
)

from cms.delivery.rows import Row
from cms.delivery.tags import paths_above

# Rows that say who may do what.
BACKSTAGE = {"wagtailcore.collection", "wagtailcore.pageviewrestriction"}


class Publicity:
    """How things stand at one moment of a transaction. What it looks up, it looks up once."""

    def __init__(
        self,
        restricted: Iterable[str] | None = None,
        draft_homes: Iterable[str] | None = None,
    ) -> None:
        self._restricted = restricted
        self._draft_homes = draft_homes

    @cached_property
    def restricted_paths(self) -> Counter[str]:
        """The paths of pages that only some people may see. Everything below is restricted as well."""
        if self._restricted is not None:
            return Counter(self._restricted)
        return Counter(PageViewRestriction.objects.values_list("page__path", flat=True))

    @cached_property
    def homes(self) -> dict[str, bool]:
        """Paths of the home pages in other languages than their site's own, and whether they are published."""
        sites = Site.objects.values_list("root_page_id", "root_page__translation_key")
        roots = dict(sites)
        homes = Page.objects.filter(translation_key__in=set(roots.values()))
        return dict(homes.exclude(pk__in=roots).values_list("path", "live"))

    @cached_property
    def draft_homes(self) -> set[str]:
        """Below these nothing is served."""
        if self._draft_homes is not None:
            return set(self._draft_homes)
        return {path for path, is_live in self.homes.items() if not is_live}

    @cached_property
    def locales(self) -> dict[int, Locale]:
        return {locale.pk: locale for locale in Locale.objects.all()}

    @cached_property
    def closed_collections(self) -> set[int]:
        paths = CollectionViewRestriction.objects.values_list(
            "collection__path", flat=True
        )
        closed = set(paths)
        if not closed:
            return set()
        return {
            pk
            for pk, path in Collection.objects.values_list("pk", "path")
            if closed.intersection(paths_above(Collection, path))
        }

    def shows(self, row: Row | None) -> bool:
        if row is None or row.is_draft:
            return False
        if issubclass(row.model, Page):
            return self.shows_page(row)
        if row.values.get("collection_id") in self.closed_collections:
            return False
        return is_content_model(row.model)

    def shows_page(self, row: Row) -> bool:
        if not row.values["live"]:
            return False
        above = set(paths_above(Page, row.values["path"]))
        closed = self.draft_homes.union(self.restricted_paths)
        return above.isdisjoint(closed) and bool(self.path_of(row))

    def path_of(self, row: Row | None) -> str:
        """Where the page is on its site; empty for what is no page or on no site."""
        if row is None or not issubclass(row.model, Page):
            return ""
        page = Page(
            pk=row.pk,
            url_path=row.values["url_path"],
            slug=row.values["slug"],
            live=True,
        )
        page.locale = self.locales[row.values["locale_id"]]
        parts = page.get_url_parts()
        return (parts and parts[2]) or ""

    def locale_of(self, row: Row) -> str:
        locale = self.locales.get(row.values.get("locale_id", 0))
        return locale.language_code if locale else ""


def is_content_model(model: type[models.Model]) -> bool:
    """Whether consumers hear of the model. Of people they do not."""
    if issubclass(model, get_user_model()) or model._meta.auto_created:
        return False
    return model._meta.label_lower not in BACKSTAGE


def owner_of(row: Row) -> tuple[type[models.Model], Any] | None:
    """The object that a row is a part of: an inline child, or a many-to-many row."""
    owner = row.model._meta.auto_created
    for field in row.model._meta.concrete_fields:
        remote: Any = field.remote_field and field.remote_field.model
        if remote is None:
            continue
        if remote is owner or type(field).__name__ == "ParentalKey":
            return remote, row.values[field.attname]
    return None
