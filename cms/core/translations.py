from collections.abc import Sequence

from wagtail.models import Locale, Page

from cms.core.remembering import is_remembering, remember


def is_known_to_have_one_language() -> bool:
    """Whether no page can have a translation, so that none need be looked for. Known where there is a memory."""
    return is_remembering() and remember(("languages",), Locale.objects.count) == 1


def in_active_language(pages: Sequence[Page | None]) -> list[Page | None]:
    """Each page's published translation into the active language, else the page itself.

    As `Page.localized`, in two queries for however many pages.
    """
    return in_language(pages, Locale.get_active()) if any(pages) else list(pages)


def in_language(pages: Sequence[Page | None], locale: Locale) -> list[Page | None]:
    """As `in_active_language`, in a language that is known already: one query, or none where nothing is to be found."""
    keys = {
        page.translation_key for page in pages if page and page.locale_id != locale.pk
    }
    translations = {}
    if keys:
        translated = Page.objects.filter(translation_key__in=keys, locale=locale)
        translations = {page.translation_key: page for page in translated.live()}
    return [page and translations.get(page.translation_key, page) for page in pages]
