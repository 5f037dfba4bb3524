"""What editors are told while they work on a page: in lists, on the page, and when they publish."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from cms.translation.models import LanguageRule, Mode
from cms.translation.permissions import may_translate
from cms.translation.states import Place, State, find_states, outdated_among


def marks_of(pages: Iterable[Page]) -> dict[int, list[str]]:
    """The languages in which each page is out of date, by its key; itself, if it is a translation."""
    pages = list(pages)
    locales = list(Locale.objects.order_by("pk"))
    states = find_states(pages, locales)
    outdated = outdated_among(pages)
    marks = {
        page.pk: [
            str(locale.get_display_name())
            for locale in locales
            if states.get(Place(page.translation_key, locale.pk)) == State.OUTDATED
        ]
        for page in pages
    }
    for page in pages:
        if page.pk in outdated:
            marks[page.pk].append(str(page.locale.get_display_name()))
    return marks


def tell_when_edited(request: HttpRequest, page: Page) -> None:
    """A page shows that it, or a translation of it, is out of date."""
    if request.method != "GET":
        return
    if outdated_among([page]):
        tell_of_source(request, page)
    else:
        tell(request, page, outdated_locales(page, {Mode.ASK, Mode.MANUAL}))


def tell_when_published(request: HttpRequest, page: Page) -> None:
    tell(request, page, outdated_locales(page, {Mode.ASK}))


def outdated_locales(page: Page, modes: set[Mode]) -> list[Locale]:
    """Those of which somebody has to think: the others follow by themselves."""
    locales = Locale.objects.exclude(pk=page.locale_id).order_by("pk")
    asked = [each for each in locales if LanguageRule.of(each).mode in modes]
    states = find_states([page], asked)
    return [
        locale
        for locale in asked
        if states.get(Place(page.translation_key, locale.pk)) == State.OUTDATED
    ]


def tell(request: HttpRequest, page: Page, outdated: list[Locale]) -> None:
    if not outdated or not may_translate(request.user, page):
        return
    names = "、".join(str(locale.get_display_name()) for locale in outdated)
    message = _("Out of date: %(languages)s.") % {"languages": names}
    messages.warning(request, message, buttons=[button_to(page)])


def tell_of_source(request: HttpRequest, page: Page) -> None:
    record = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale=page.locale_id
    ).first()
    source = (
        record
        and Page.objects.filter(
            translation_key=page.translation_key, locale=record.source.locale_id
        ).first()
    )
    if not source:
        return
    buttons = [button_to(source)] if may_translate(request.user, source) else []
    message = _("Out of date: the source has been published anew.")
    messages.warning(request, message, buttons=buttons)


def button_to(page: Page) -> Any:
    return messages.button(
        reverse("page_translations", args=[page.pk]), _("Bring up to date")
    )
