"""The part of its address that a translation begins with: ASCII, made of the source's, and then its own for good."""

import re

from anyascii import anyascii
from django.utils.text import slugify
from wagtail.coreutils import find_available_slug
from wagtail.models import Locale, Page

LONGEST = 80
FEWEST_LETTERS = 3
# anyascii begins each syllable of Chinese with a capital letter.
SYLLABLE = re.compile(r"(?<=[a-z])(?=[A-Z0-9])|(?<=[0-9])(?=[A-Z][a-z])")


def suggest_slug(source: Page, locale: Locale, title: str = "") -> str:
    """The slug of a page's translation. `title`: the translated one, when there is one.

    An address that readers may know already is never changed.
    """
    translation = find_translation(source, locale)
    if translation and translation.first_published_at:
        return translation.slug
    if source.get_parent().is_root():
        # The home pages of all languages are neighbours.
        return translation.slug if translation else source.slug
    if source.slug.isascii():
        slug = source.slug
    else:
        words = slugify(title)
        slug = words if len(words) >= FEWEST_LETTERS else romanize(source.slug)
    return find_free_slug(slug, source, locale, translation)


def romanize(text: str) -> str:
    """`ISO9001认证` becomes `iso9001-ren-zheng`."""
    syllables = " ".join(
        part if part.isascii() else SYLLABLE.sub(" ", anyascii(part))
        for part in re.split(r"([^\x00-\x7f]+)", text)
    )
    slug = slugify(syllables) or "page"
    if len(slug) > LONGEST:
        slug = slug[: LONGEST + 1].rpartition("-")[0] or slug[:LONGEST]
    return slug


def find_free_slug(
    slug: str, source: Page, locale: Locale, translation: Page | None
) -> str:
    parent = find_translation(source.get_parent(), locale)
    if parent is None:
        return slug
    return find_available_slug(
        parent, slug, ignore_page_id=translation.pk if translation else None
    )


def find_translation(page: Page, locale: Locale) -> Page | None:
    return Page.objects.filter(
        translation_key=page.translation_key, locale=locale
    ).first()
