"""The pages that a stream leads to: chosen in blocks, and linked to in texts."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple
from uuid import uuid4

from wagtail.blocks import StreamValue, StructValue
from wagtail.blocks.list_block import ListValue
from wagtail.models import Page
from wagtail.rich_text import RichText

from cms.core.page_links import expand, linked_ids

# What stands in no text: nobody can know it.
SEPARATOR = f"<!--{uuid4()}-->"


class Choice(NamedTuple):
    struct: StructValue
    name: str
    page: Page


def values_of(value: Any) -> Iterator[Any]:
    """Each value of a stream, with those inside it."""
    yield value
    inner: list[Any] = []
    if isinstance(value, StreamValue):
        inner = [child.value for child in value]
    elif isinstance(value, ListValue):
        inner = list(value)
    elif isinstance(value, StructValue):
        inner = list(value.values())
    for item in inner:
        yield from values_of(item)


class StreamLinks:
    """Of one stream. `show` puts into their place what readers get: pages, and finished HTML."""

    def __init__(self, stream: StreamValue | None) -> None:
        values = list(values_of(stream))
        self.texts = [value for value in values if isinstance(value, RichText)]
        self.choices = [
            Choice(value, name, page)
            for value in values
            if isinstance(value, StructValue)
            for name, page in value.items()
            if isinstance(page, Page)
        ]
        # Pages are looked up for all texts together.
        self.html = SEPARATOR.join(text.source for text in self.texts)
        ids = linked_ids(self.html)
        self.linked = Page.objects.in_bulk(ids) if ids else {}

    @property
    def pages(self) -> list[Page]:
        return [*self.linked.values(), *(choice.page for choice in self.choices)]

    def show(self, version_of: Callable[[Page], Page | None]) -> None:
        """`version_of` says which page readers are shown for one. What is finished stays as it is when shown again."""
        for struct, name, page in self.choices:
            struct[name] = version_of(page)
        shown = {pk: version_of(page) for pk, page in self.linked.items()}
        finished = expand(self.html, shown.get).split(SEPARATOR)
        for text, html in zip(self.texts, finished, strict=bool(self.texts)):
            text.source = html
