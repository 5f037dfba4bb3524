"""What templates may ask for beyond their context: ways of writing a number, and a page's place among the others."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Page as PaginatorPage
from django.template.defaultfilters import date
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import (
    get_language,
    get_language_info,
    gettext,
    override,
    to_locale,
)
from wagtail.models import Page

from cms.core import resolved
from cms.core.language_versions import LanguageLink
from cms.core.models import BasePage
from cms.core.phones import dial_phone, digits_of, show_phone
from cms.core.remembering import Plain
from cms.core.shared_parts import render_part

register = template.Library()

# What would end a script element, written so that JSON reads it as the same.
HTML_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


register.filter("digits", digits_of)
register.filter("tel", dial_phone)
register.filter("phone", show_phone)


@register.filter
def day(moment: datetime | None) -> str:
    """A date as readers of the active language write it in lists: 2026-11-12, or 12 Nov 2026."""
    is_chinese = (get_language() or settings.LANGUAGE_CODE).startswith("zh")
    return date(moment, "Y-m-d" if is_chinese else "j M Y")


@register.filter
def grouped(number: int) -> str:
    """A number as Chinese and English readers alike write it: 1,200. Django would leave out the comma in Chinese."""
    return f"{number:,}"


@register.filter
def json_ld(data: Any) -> SafeString:
    """A script element of linked data. It runs nothing, so the content security policy lets it stand in the page."""
    text = json.dumps(data, ensure_ascii=False).translate(HTML_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 (escaped above)


@register.filter
def resolved_title(page: Page) -> str:
    """The title of any page, with its placeholders resolved."""
    return resolved.resolved_title(page)


@register.simple_tag(takes_context=True)
def include_shared(
    context: template.Context, template_name: str, **values: Plain
) -> SafeString:
    """Includes a template that sees only `chrome` and these values. What it gives may be remembered between pages."""
    included = context.template.engine.get_template(template_name)
    return render_part(included, context.get("chrome"), context.get("request"), values)


@register.simple_tag
def ancestors_of(page: BasePage) -> list[Page]:
    """The published pages above a page, the home page first."""
    return [each for each in page.ancestors if each.live]


@register.filter
def language_tag(code: str) -> str:
    """The code of a language as HTML writes it (BCP 47): `zh-Hant` of `zh-hant`, or what LANGUAGE_TAGS says."""
    return settings.LANGUAGE_TAGS.get(code) or to_locale(code).replace("_", "-")


@register.simple_tag
def translations_of(page: BasePage) -> list[Page]:
    """Every published language version of a page, itself included; nothing when there is only the one."""
    found = page.language_versions.alternates
    return found if len(found) > 1 else []


@register.simple_tag(takes_context=True)
def languages_beside(context: template.Context) -> list[dict[str, Any]]:
    """Each other language of the site, under its own name, with where the switch leads and what to say about it.

    A view that is no page of the tree gives its addresses by language as `language_addresses`; from one that stands in
    no language, such as an error, the switch leads to the home pages.
    """
    page, chrome = context.get("page"), context.get("chrome")
    if page and page.pk:
        return [
            entry_of(
                link.code,
                link.page.url,
                is_here=link.is_here,
                note="" if link.is_here else note_on(link),
            )
            for link in page.language_versions.switch
        ]
    if not chrome:
        return []
    addresses = context.get("language_addresses")
    homes = {home.locale.language_code: home for home in chrome.homes}
    return [
        entry_of(code, addresses[code] if addresses else home.url)
        for code, home in homes.items()
        if code != get_language()
    ]


def entry_of(
    code: str, url: str, *, is_here: bool = False, note: str = ""
) -> dict[str, Any]:
    name = get_language_info(code)["name_local"]
    return {"code": code, "name": name, "url": url, "is_here": is_here, "note": note}


def note_on(link: LanguageLink) -> str:
    """For those who read the language, in that language."""
    with override(link.code):
        note = gettext("This page is not translated: to “%(title)s”")
        return note % {"title": resolved.resolved_title(link.page)}


@register.simple_tag
def pages_around(page: PaginatorPage) -> Iterable[int | str]:
    """The page numbers worth a link, with an ellipsis for each run that is left out."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
