"""The language versions of pages, and which of them a reader is shown."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.conf import settings
from wagtail.models import Locale, Page

from cms.core.querysets import tell_restricted
from cms.core.remembering import is_remembering, remember

# Published versions by translation key, then by locale.
Families = dict[UUID, dict[int, Page]]


def is_known_to_have_one_language() -> bool:
    """Whether no page can have a translation, so that none need be looked for. Known where there is a memory."""
    return is_remembering() and remember(("languages",), Locale.objects.count) == 1


def find_families(keys: Iterable[UUID]) -> Families:
    """All published language versions of the pages with these translation keys: one query, or none."""
    wanted = set(keys)
    families: Families = {}
    if wanted and not is_known_to_have_one_language():
        # As what they are, they would bring their bodies along.
        versions = Page.objects.filter(translation_key__in=wanted).live()
        for page in tell_restricted(versions.select_related("locale")):
            families.setdefault(page.translation_key, {})[page.locale_id] = page
    return families


def foreign_keys(pages: Iterable[Page], locale_id: int) -> set[UUID]:
    """The translation keys of those that are not in the language already."""
    return {page.translation_key for page in pages if page.locale_id != locale_id}


def shown_version(page: Page, locale_id: int, families: Families) -> Page | None:
    """The page in the language; else itself, or nothing where LINK_UNTRANSLATED says so."""
    if page.locale_id == locale_id:
        return page
    family = families.get(page.translation_key, {})
    if locale_id in family:
        return family[locale_id]
    if not settings.LINK_UNTRANSLATED:
        return None
    # The one of the family knows its language.
    return family.get(page.locale_id, page)


def in_language(pages: Sequence[Page | None], locale: Locale) -> list[Page | None]:
    """What is shown of each page in a language: one query, or none where nothing is to be found."""
    there = [page for page in pages if page]
    families = find_families(foreign_keys(there, locale.pk))
    return [page and shown_version(page, locale.pk, families) for page in pages]


def in_active_language(pages: Sequence[Page | None]) -> list[Page | None]:
    """As `Page.localized`, in two queries for however many pages."""
    return in_language(pages, Locale.get_active()) if any(pages) else list(pages)
