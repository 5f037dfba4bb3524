"""A page's body on its way out: looked up all at once, so that the number of queries does not grow with it."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from wagtail.blocks import StreamValue, StructValue
from wagtail.blocks.list_block import ListValue
from wagtail.models import Page
from wagtail.rich_text import RichText, expand_db_html

from cms.cities.models import City
from cms.core.chrome import Chrome
from cms.core.translations import in_active_language
from cms.images.models import CustomImage

# What stands in no text: nobody can know it.
SEPARATOR = f"<!--{uuid4()}-->"


def body_representation(
    body: StreamValue, page: Page, request: HttpRequest
) -> list[dict[str, Any]]:
    """The body as its blocks represent it. The active language must be the page's."""
    look_up(body)
    context = {
        "request": request,
        "page": page,
        "chrome": SimpleLazyObject(lambda: Chrome(page.get_site(), page.locale)),
    }
    return body.stream_block.get_api_representation(body, context)


def look_up(stream: StreamValue) -> None:
    """Makes a stream ready to be represented without a query for each of its parts."""
    values = list(_values(stream))
    _expand_rich_text([value for value in values if isinstance(value, RichText)])
    _translate_links([value for value in values if isinstance(value, StructValue)])
    images = [value for value in values if isinstance(value, CustomImage)]
    prefetch_related_objects(images, "renditions")
    cities = [value for value in values if isinstance(value, City)]
    prefetch_related_objects(cities, "parent")


def _values(value: Any) -> Iterator[Any]:
    """Each value of a body, with those inside it."""
    yield value
    inner: list[Any] = []
    if isinstance(value, StreamValue):
        inner = [child.value for child in value]
    elif isinstance(value, ListValue):
        inner = list(value)
    elif isinstance(value, StructValue):
        inner = list(value.values())
    for item in inner:
        yield from _values(item)


def _expand_rich_text(texts: list[RichText]) -> None:
    """Puts finished HTML into the place of its source. What is finished stays as it is when it is expanded again."""
    expanded = expand_db_html(SEPARATOR.join(text.source for text in texts))
    for text, html in zip(texts, expanded.split(SEPARATOR), strict=bool(texts)):
        text.source = html


def _translate_links(structs: list[StructValue]) -> None:
    """Chosen pages stay those of the language that the body was first written in: follow them to this one."""
    links = [
        (struct, name, value)
        for struct in structs
        for name, value in struct.items()
        if isinstance(value, Page)
    ]
    pages = in_active_language([page for _struct, _name, page in links])
    for (struct, name, _page), page in zip(links, pages, strict=True):
        struct[name] = page
