"""Every block of the vocabulary is whole: named alike everywhere, previewed, translatable, readable through the API."""

import json
import re
from collections.abc import Iterator

import pytest
from django.template.loader import get_template
from wagtail import blocks
from wagtail.blocks import StreamValue
from wagtail.contrib.table_block.blocks import TableBlock as WagtailTableBlock
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import StreamFieldSegmentExtractor

from cms.core.blocks import BodyBlock
from home.models import HomePage

VOCABULARY = BodyBlock().child_blocks
NAMED = pytest.mark.parametrize("name", VOCABULARY)
TEXT_BLOCKS = (
    blocks.CharBlock,
    blocks.TextBlock,
    blocks.RichTextBlock,
    WagtailTableBlock,
)
CODE_BLOCKS = (blocks.URLBlock, blocks.RegexBlock)


def body(*children: tuple) -> StreamValue:
    """A stored body, read back as the page would read it: every child and every list item has its id."""
    block = BodyBlock()
    value = block.normalize(list(children))
    return block.to_python(block.get_prep_value(value))


def previewed(name: str) -> StreamValue:
    return body((name, VOCABULARY[name].get_preview_value()))


@NAMED
def test_block_is_called_the_same_in_code_stream_and_template(name):
    block = VOCABULARY[name]
    assert type(block).__name__.lower() == name.replace("_", "") + "block"
    assert block.meta.template == f"blocks/{name}.html"
    assert get_template(block.meta.template)


@NAMED
def test_block_tells_editors_what_it_is(name):
    meta = VOCABULARY[name].meta
    assert meta.icon not in {"placeholder", "", None}
    assert meta.group
    assert meta.label
    assert meta.description


@NAMED
@pytest.mark.django_db
def test_block_has_a_preview_in_the_admin(name):
    block = VOCABULARY[name]
    assert block.is_previewable
    assert block.get_preview_value() is not None


@NAMED
@pytest.mark.django_db
def test_block_leaves_the_api_as_plain_json(name):
    value = previewed(name)
    representation = value.stream_block.get_api_representation(value, {})
    assert representation[0]["type"] == name
    assert json.loads(json.dumps(representation)) == representation


def text_leaves(block: blocks.Block, path: str) -> Iterator[str]:
    """Paths of the places in a block that hold words of its editors."""
    if isinstance(block, TEXT_BLOCKS) and not isinstance(block, CODE_BLOCKS):
        yield path
    elif isinstance(block, blocks.ListBlock):
        yield from text_leaves(block.child_block, f"{path}/*")
    elif isinstance(block, blocks.StructBlock | blocks.StreamBlock):
        for name, child in block.child_blocks.items():
            yield from text_leaves(child, f"{path}/{name}")


def without_markup(text: str) -> str:
    return re.sub(r"<[^>]+>", "", text)


def chinese_words(value: object) -> Iterator[str]:
    """The strings with Chinese words anywhere in a stored value."""
    if isinstance(value, dict):
        for child in value.values():
            yield from chinese_words(child)
    elif isinstance(value, list):
        for child in value:
            yield from chinese_words(child)
    elif isinstance(value, str) and re.search(r"[\u4e00-\u9fff]", value):
        yield without_markup(value)


@NAMED
@pytest.mark.django_db
def test_every_word_of_the_preview_is_offered_for_translation(name):
    """What the preview says in Chinese comes out of wagtail-localize's extractor, all of it."""
    value = previewed(name)
    extractor = StreamFieldSegmentExtractor(HomePage._meta.get_field("body"))
    offered = {
        without_markup(segment.string.render_text())
        for segment in extractor.handle_stream_block(value)
        if isinstance(segment, StringSegmentValue)
    }
    words = set(chinese_words(value.get_prep_value()))
    assert words <= offered
    assert bool(words) == any(text_leaves(VOCABULARY[name], name))
