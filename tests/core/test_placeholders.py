"""Words in braces: every spelling resolves, values never do, and what is no placeholder is refused with a list."""

from dataclasses import dataclass
from html import escape, unescape

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from cms.core.placeholders import (
    CHINESE_NAMES,
    NAMES,
    check_placeholders,
    has_placeholders,
    resolve,
    unknown_placeholders,
)


@dataclass
class Values:
    city: str = "成都"
    province: str = "四川"
    phone: str = "028-85550100"


CHENGDU = Values()
BRACES = ["{%s}", "{ %s }", "｛%s｝", "{%s｝", "｛ %s}"]
spellings = st.builds(
    lambda brace, name, change: brace % change(name),
    st.sampled_from(BRACES),
    st.sampled_from(sorted(NAMES)),
    st.sampled_from([str, str.upper, str.capitalize]),
)
# Words that an editor writes; braces are put in on purpose.
words = st.text(st.characters(exclude_characters="{}｛｝"), max_size=20)
anything = st.text(st.sampled_from('{}｛｝ abcity城市phone1<&"'), max_size=40)


def test_english_and_chinese_names_stand_for_the_same():
    for name, chinese in CHINESE_NAMES.items():
        value = getattr(CHENGDU, name)
        assert resolve(f"{{{name}}}", CHENGDU) == resolve(f"{{{chinese}}}", CHENGDU)
        assert resolve(f"{{{name}}}", CHENGDU) == value


@given(before=words, written=spellings, after=words)
def test_every_known_spelling_resolves_and_leaves_what_stands_around_it(
    before, written, after
):
    name = NAMES[written[1:-1].strip().lower()]
    text = f"{before}{written}{after}"
    assert resolve(text, CHENGDU) == f"{before}{getattr(CHENGDU, name)}{after}"
    check_placeholders(text)


@given(text=words)
def test_text_without_braces_stays_as_it_is(text):
    assert resolve(text, CHENGDU) == text
    assert not has_placeholders(text)


@given(value=anything)
def test_a_value_that_looks_like_a_placeholder_is_not_resolved_again(value):
    assert resolve("{city}–{phone}", Values(city=value)) == f"{value}–028-85550100"


@given(text=anything)
def test_what_passes_the_check_is_read_without_any_known_placeholder(text):
    """Only doubled braces may leave one behind, and then the editor has asked for it."""
    if not unknown_placeholders(text) and "{{" not in text and "｛｛" not in text:
        assert not has_placeholders(resolve(text, Values("A", "B", "C")))


@given(text=anything)
def test_reading_text_that_has_nothing_to_resolve_changes_nothing_however_often(text):
    if not has_placeholders(text):
        assert resolve(resolve(text, CHENGDU), CHENGDU) == text


@given(value=anything)
def test_values_are_safe_in_rich_text(value):
    html = resolve("<p>{city}</p>", Values(city=value), escape=escape)
    inside = html.removeprefix("<p>").removesuffix("</p>")
    assert "<" not in inside and '"' not in inside
    assert unescape(inside) == value


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("{{city}}", "{city}"),
        ("{{名称}}", "{名称}"),
        ("{{ name }}", "{ name }"),
        ("｛｛名称｝｝", "｛名称｝"),
        ("｛｛城市｝｝", "｛城市｝"),
        ("{{{city}}}", "{{city}}"),
        ("{{city}} {city}", "{city} 成都"),
    ],
)
def test_doubled_braces_are_read_as_they_are(written, read):
    """Doubled full-width braces were resolved, and those with spaces refused, with the advice to double them."""
    check_placeholders(written)
    assert resolve(written, CHENGDU) == read


@pytest.mark.parametrize(
    "text", ["{}", "{ }", "{1}", "{a: 1}", "{city", "city}", "{a-b}", "f(x) { }"]
)
def test_braces_around_no_name_are_no_placeholder(text):
    check_placeholders(text)
    assert resolve(text, CHENGDU) == text


def test_an_unknown_placeholder_is_refused_with_those_that_exist():
    with pytest.raises(ValidationError) as refused:
        check_placeholders("请致电{tel}，{城市名}，{tel}")
    message = refused.value.messages[0]
    assert message.count("{tel}") == 2  # once as unknown, once within {{tel}}
    for known in ("{城市名}", "{city} ({城市})", "{province} ({省份})", "{{tel}}"):
        assert known in message
    assert refused.value.code == "unknown_placeholder"


@given(name=st.from_regex(r"[a-z]{1,12}", fullmatch=True))
def test_the_advice_of_the_refusal_is_accepted(name):
    text = f"{{{name}}}"
    if name in NAMES:
        return check_placeholders(text)
    with pytest.raises(ValidationError):
        check_placeholders(text)
    check_placeholders(f"{{{text}}}")
    assert resolve(f"{{{text}}}", CHENGDU) == text
    return None


def test_a_value_is_asked_for_only_where_it_stands():
    class OnlyCity:
        city = "成都"

    assert resolve("{city}", OnlyCity()) == "成都"
