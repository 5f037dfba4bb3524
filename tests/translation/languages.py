"""Languages, and how tests ask for translations the way that editors do."""

from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource


def language(code: str) -> Locale:
    return Locale.objects.get_or_create(language_code=code)[0]


def submit(client, page: Page, *locales: Locale, subtree: bool = False):
    """Fill in wagtail-localize's own form [Translate this page]."""
    url = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    data = {"locales": [locale.pk for locale in locales]}
    if subtree:
        data["include_subtree"] = "on"
    return client.post(url, data)


def translation_of(page: Page, locale: Locale) -> Page:
    return page.get_translation(locale).specific


def strings_of(page: Page) -> list[str]:
    source = TranslationSource.objects.get_for_instance(page)
    segments = source.stringsegment_set.select_related("string").order_by("order")
    return [segment.string.data for segment in segments]


def record_of(page: Page, locale: Locale) -> Translation:
    return Translation.objects.get(
        source__object_id=page.translation_key, target_locale=locale
    )
