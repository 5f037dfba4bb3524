"""The texts of a city page as they are compared and checked: inherited where it has none, placeholders unresolved."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from cms.core.stream_texts import texts_of
from home.blocks import INHERITED

if TYPE_CHECKING:
    from home.models import CityPage

TITLES = ("title", "seo_title")
LINES = (*TITLES, "intro", "search_description")


def every_text(page: "CityPage") -> Iterator[str]:
    for name in LINES:
        yield page.get_text(name) or ""
    yield from body_texts(page)


def body_texts(page: "CityPage") -> Iterator[str]:
    return (text.words for text in texts_of(page.get_text("body")))


def local_blocks(page: "CityPage") -> int:
    raw = page.body.get_prep_value()
    return sum(block["type"] != INHERITED for block in raw)


def apply_draft(page: "CityPage", content: dict[str, Any]) -> None:
    """Show a page that was never published as its latest draft has it: its row stays as it was created."""
    for name in LINES:
        setattr(page, name, content.get(name, getattr(page, name)))
    body = page._meta.get_field("body")
    page.body = body.to_python(content.get("body", page.body))
