"""Every text of a stream is found and can be changed, and nothing else is."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wagtail import blocks
from wagtail.blocks import StreamValue

from cms.core.blocks import BodyBlock
from cms.core.stream_texts import StreamText, change_texts, iterate_texts, texts_of
from tests.core.test_blocks import VOCABULARY, previewed, text_leaves

pytestmark = pytest.mark.django_db
BLOCK = BodyBlock()
TABLE = {
    "data": [["{city}", None], ["", "{phone}"]],
    "table_caption": "{province}",
    "first_row_is_table_header": True,
}
COLUMNS = {
    "left": [
        {"type": "paragraph", "value": "<p>{city} & {phone}</p>", "id": "1"},
        {
            "type": "key_points",
            "value": {"points": [{"type": "item", "value": "{phone}", "id": "2"}]},
            "id": "3",
        },
    ],
    "right": [{"type": "gone", "value": "{city}", "id": "4"}],
}


def raw(kind, value):
    return [{"type": kind, "value": value, "id": "0"}]


def words(raw):
    return [text.words for text in iterate_texts(BLOCK, raw)]


def shout(text):
    return text.words.upper()


@pytest.mark.parametrize("name", VOCABULARY)
def test_the_words_of_every_block_are_found(name):
    """What editors see in a block's preview is what is found, wherever it is nested."""
    value = previewed(name)
    found = [text.words for text in texts_of(value)]
    assert all(text in found for text in plain_words(name, value.raw_data[0]["value"]))


def plain_words(name, value):
    paths = list(text_leaves(VOCABULARY[name], name))
    if name == "table" or not paths:
        return []
    return [leaf for leaf in leaves(value) if is_chinese(leaf)]


def leaves(value):
    if isinstance(value, dict):
        for key, child in value.items():
            if key not in ("type", "id"):
                yield from leaves(child)
    elif isinstance(value, list):
        for child in value:
            yield from leaves(child)
    elif isinstance(value, str):
        yield value


def is_chinese(text):
    return any("一" <= letter <= "鿿" for letter in text)


def test_cells_and_caption_of_a_table_are_texts():
    assert words(raw("table", TABLE)) == ["{city}", "{phone}", "{province}"]


def test_texts_are_found_in_columns_and_lists_and_unknown_blocks_are_passed_over():
    assert words(raw("two_columns", COLUMNS)) == ["<p>{city} & {phone}</p>", "{phone}"]


def test_rich_text_is_told_from_plain_text():
    found = list(iterate_texts(BLOCK, raw("two_columns", COLUMNS)))
    assert found[0] == StreamText("<p>{city} & {phone}</p>", is_html=True)
    assert found[1] == StreamText("{phone}", is_html=False)


@pytest.mark.parametrize(
    ("kind", "value"), [("table", TABLE), ("two_columns", COLUMNS)]
)
def test_changing_leaves_the_original_and_everything_that_is_no_text(kind, value):
    before = raw(kind, value)
    untouched = copy.deepcopy(before)
    changed = change_texts(BLOCK, before, shout)
    assert before == untouched
    assert [text.upper() for text in words(before)] == words(changed)
    assert changed[0]["id"] == "0"
    assert change_texts(BLOCK, before, lambda text: text.words) == untouched


@given(text=st.text(max_size=40))
def test_a_text_that_is_changed_to_itself_leaves_the_stream_equal(text):
    before = [
        *raw("heading", {"text": text, "level": "h2", "anchor": ""}),
        *raw("paragraph", text),
    ]
    assert change_texts(BLOCK, before, lambda found: found.words) == before


def test_codes_and_choices_are_no_texts():
    heading = {"text": "步骤", "level": "h2", "anchor": "steps"}
    assert words(raw("heading", heading)) == ["步骤"]
    link = {
        "title": "",
        "text": "",
        "label": "看",
        "page": None,
        "url": "https://x/{a}",
    }
    assert words(raw("call_to_action", link)) == ["看"]


@pytest.mark.parametrize("value", [None, [], {}, ""])
def test_empty_values_have_no_texts(value):
    for kind in ("paragraph", "table", "two_columns", "faq"):
        assert words(raw(kind, value)) == []


def test_list_items_of_old_content_stand_without_an_id():
    block = blocks.ListBlock(blocks.CharBlock())
    assert [t.words for t in iterate_texts(block, ["甲", "乙"])] == ["甲", "乙"]


def test_a_stream_knows_its_texts_without_being_looked_up(
    django_assert_num_queries,
):
    stream = StreamValue(BLOCK, raw("two_columns", COLUMNS), is_lazy=True)
    with django_assert_num_queries(0):
        assert len(list(texts_of(stream))) == 2
