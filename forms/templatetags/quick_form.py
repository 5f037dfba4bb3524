from typing import Any

from django import template
from django.utils.functional import SimpleLazyObject

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
    if chrome and shown.locale_id == chrome.locale.pk:
        # What the page around the form may have asked for already.
        shown.offered_projects = SimpleLazyObject(lambda: chrome.offered_projects)
    own_city = city or getattr(page, "city", None)
    city = own_city or (chrome.city if chrome else None)
    return build_quick_form(
        shown,
        page=page or None,
        city=city or None,
        prefix_id=prefix or "quick-form",
        is_preview=getattr(context.get("request"), "is_preview", False),
        follows_visitor=not own_city,
    )
