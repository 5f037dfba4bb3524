"""From the way that content files write a body or a menu to the value of its StreamField.

Each entry is a table with one key, the name of its block; what stands under the key is the block's raw value, except
that texts are plain where rich text is meant, headings and tables are written shorter, and other things are named.
"""

import re
from collections.abc import Callable
from typing import Any

from wagtail.blocks import StreamBlock, StreamValue

from cms.core.blocks import BodyBlock, TeamBlock
from cms.core.models import Menu
from forms.blocks import FormFieldsBlock
from home.blocks import LocalBodyBlock
from home.demo.library import SHELF_OF_KEY, Library

PAGE_LINK = re.compile(r'<a page="([^"]+)">')


def build_body(entries: list[dict[str, Any]], library: Library) -> StreamValue:
    return clean_stream(BodyBlock(), raw_stream(entries, library))


def build_local_body(entries: list[dict[str, Any]], library: Library) -> StreamValue:
    """A body that may hold places of inherited text."""
    return clean_stream(LocalBodyBlock(), raw_stream(entries, library))


def build_team(people: list[dict[str, Any]], library: Library) -> StreamValue:
    raw = [{"type": "person", "value": with_ids(person, library)} for person in people]
    return clean_stream(TeamBlock(), raw)


def build_links(links: list[dict[str, Any]], library: Library) -> StreamValue:
    block = Menu._meta.get_field("items").stream_block
    return clean_stream(
        block, [{"type": "link", "value": with_ids(link, library)} for link in links]
    )


def build_fields(entries: list[dict[str, Any]]) -> StreamValue:
    """The questions of a form. What an entry leaves out is as an editor finds it."""
    raw = [
        {"type": name, "value": value}
        for entry in entries
        for name, value in entry.items()
    ]
    return clean_stream(FormFieldsBlock(), raw)


def clean_stream(block: StreamBlock, raw: list[dict[str, Any]]) -> StreamValue:
    """The value as an editor would have made it: checked by the blocks' own rules, every item with an id."""
    return block.clean(block.to_python(raw))


def raw_stream(entries: list[dict[str, Any]], library: Library) -> list[dict[str, Any]]:
    return [
        {"type": name, "value": raw_value(name, value, library)}
        for entry in entries
        for name, value in entry.items()
    ]


def raw_value(name: str, value: Any, library: Library) -> Any:
    if name == "two_columns":
        return {side: raw_stream(value[side], library) for side in ("left", "right")}
    rewrite = REWRITES.get(name)
    return with_ids(rewrite(value, library) if rewrite else value, library)


def with_ids(value: Any, library: Library) -> Any:
    """The value with every name of an image, page and so on replaced by the primary key."""
    if isinstance(value, list):
        return [with_ids(item, library) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: library.find(key, item).pk
        if key in SHELF_OF_KEY
        else with_ids(item, library)
        for key, item in value.items()
    }


def rich_text(text: str, library: Library) -> str:
    """Paragraphs are separated by empty lines; lists are written as HTML; `<a page="slug">` links to a demo page."""
    chunks = [chunk.strip() for chunk in text.strip().split("\n\n")]
    html = "".join(
        chunk if chunk.startswith(("<ul", "<ol")) else f"<p>{chunk}</p>"
        for chunk in chunks
    )
    return PAGE_LINK.sub(
        lambda match: f'<a linktype="page" id="{library.find("page", match[1]).pk}">',
        html,
    )


def heading(value: Any, library: Library) -> Any:
    return {"text": value, "level": "h2"} if isinstance(value, str) else value


def callout(value: Any, library: Library) -> Any:
    return {**value, "text": rich_text(value["text"], library)}


def faq(value: Any, library: Library) -> Any:
    return {
        "items": [
            {**item, "answer": rich_text(item["answer"], library)}
            for item in value["items"]
        ]
    }


def table(value: Any, library: Library) -> Any:
    return {
        "data": value["rows"],
        "table_caption": value["caption"],
        "first_row_is_table_header": True,
        "first_col_is_header": value.get("header_column", False),
        "table_header_choice": "both" if value.get("header_column") else "row",
    }


REWRITES: dict[str, Callable[[Any, Library], Any]] = {
    "callout": callout,
    "faq": faq,
    "heading": heading,
    "paragraph": rich_text,
    "table": table,
}
