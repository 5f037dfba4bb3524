from typing import Any

from django import template
from django.utils.functional import SimpleLazyObject

from cms.core.freshness import shorten_life
from forms.quick_form import QuickForm, build_quick_form, find_shown_form

register = template.Library()


@register.simple_tag(takes_context=True)
def prepare_quick_form(
    context: template.Context,
    form_page: Any = None,
    *,
    page: Any = None,
    city: Any = None,
    prefix: str = "",
    submitted: QuickForm | None = None,
) -> QuickForm | None:
    """The form to print: the one that came back with errors, else an empty one for this page and city."""
    if submitted:
        return submitted
    chrome = context.get("chrome")
    page = page or context.get("page")
    # A form on its own page is shown as it is, even as the draft that is being previewed.
    shown = page if form_page is page else find_shown_form(form_page or None, chrome)
    if not shown:
        return None
    request = context.get("request")
    share_chrome(shown, chrome, request)
    if request and shown.seconds_until_change is not None:
        shorten_life(request, shown.seconds_until_change)
    own_city = city or getattr(page, "city", None)
    city = own_city or (chrome.city if chrome else None)
    return build_quick_form(
        shown,
        page=page or None,
        city=city or None,
        prefix_id=prefix or "quick-form",
        is_preview=getattr(request, "is_preview", False),
        follows_visitor=not own_city,
    )


def share_chrome(form_page: Any, chrome: Any, request: Any) -> None:
    """Spare the form what the page around it may have asked for already."""
    if chrome and form_page.locale_id == chrome.locale.pk:
        form_page.offered_projects = SimpleLazyObject(lambda: chrome.offered_projects)
    parts = form_page.get_url_parts(request)
    if chrome and parts and parts[0] == chrome.site.pk:
        form_page.site_settings = chrome.settings
