from typing import Any

from django import template
from wagtail.models import Page

from cms.translation.notices import marks_of

register = template.Library()
MARKS = "_outdated_languages"


@register.simple_tag(takes_context=True)
def outdated_languages(context: template.Context, page: Page) -> list[str]:
    """The languages in which a page of a list is out of date. Those of all its pages are looked up with the first."""
    table: Any = context.get("table")
    if table is None:
        return []
    if not hasattr(table, MARKS):
        setattr(table, MARKS, marks_of(each for each in table.data if each.depth > 1))
    return getattr(table, MARKS).get(page.pk, [])
