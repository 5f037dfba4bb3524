"""The texts of a StreamField, whatever its blocks: read, checked or changed without turning them into objects first.

Works on the raw value, the JSON that the database keeps, so that nothing is looked up and block ids stay.
"""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from wagtail import blocks
from wagtail.blocks import StreamValue

Change = Callable[["StreamText"], str]


class StreamText(NamedTuple):
    """One text of a stream. `is_html`: rich text, in the form that Wagtail stores."""

    words: str
    is_html: bool


def change_texts(block: blocks.Block, raw: Any, change: Change) -> Any:
    """The raw value with every text replaced by what `change` makes of it.

    A block that keeps texts in a form of its own has a method `change_texts(raw, change)`.
    """
    if hasattr(block, "change_texts"):
        return block.change_texts(raw, change)
    if isinstance(block, blocks.StreamBlock):
        return [_change_child(block, child, change) for child in raw or []]
    if isinstance(block, blocks.ListBlock):
        return [_change_item(block, item, change) for item in raw or []]
    if isinstance(block, blocks.StructBlock):
        return _change_struct(block, raw, change)
    if isinstance(raw, str) and isinstance(block, blocks.RichTextBlock):
        return change(StreamText(raw, is_html=True))
    if isinstance(raw, str) and isinstance(block, blocks.CharBlock | blocks.TextBlock):
        return change(StreamText(raw, is_html=False))
    return raw


def iterate_texts(block: blocks.Block, raw: Any) -> Iterator[StreamText]:
    """Every text of a raw value that is not empty, in the order of the blocks."""
    found: list[StreamText] = []

    def collect(text: StreamText) -> str:
        found.append(text)
        return text.words

    change_texts(block, raw, collect)
    return (text for text in found if text.words)


def texts_of(stream: StreamValue) -> Iterator[StreamText]:
    return iterate_texts(stream.stream_block, stream.get_prep_value())


def _change_child(block: blocks.StreamBlock, child: Any, change: Change) -> Any:
    child_block = block.child_blocks.get(child["type"])
    if child_block is None:
        return child
    return {**child, "value": change_texts(child_block, child["value"], change)}


def _change_item(block: blocks.ListBlock, item: Any, change: Change) -> Any:
    """Items of old content stand without id and type."""
    if isinstance(item, dict) and item.get("type") == "item" and "value" in item:
        return {**item, "value": change_texts(block.child_block, item["value"], change)}
    return change_texts(block.child_block, item, change)


def _change_struct(block: blocks.StructBlock, raw: Any, change: Change) -> Any:
    if not isinstance(raw, dict):
        return raw
    return {
        name: change_texts(block.child_blocks[name], value, change)
        if name in block.child_blocks
        else value
        for name, value in raw.items()
    }
