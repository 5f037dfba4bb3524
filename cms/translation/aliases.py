"""Copies of untranslated pages below another language.

Wagtail makes them as aliases: when a language is synchronised with another, and above a page that is translated before
its parents are. An alias is as live as its page, so that readers would find one language's texts at the addresses of
another, and search engines the same page twice.
"""

from wagtail.models import Page


def is_untranslated_copy(page: Page) -> bool:
    if not page.alias_of_id:
        return False
    return not Page.objects.filter(
        pk=page.alias_of_id, locale_id=page.locale_id
    ).exists()


def keep_unpublished(page: Page) -> None:
    """To be called before a page is written."""
    if page.live and is_untranslated_copy(page):
        page.live = False
        page.has_unpublished_changes = False
