"""The share of a page's text that stands on no other page."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from home.readiness import corpus as module
from home.readiness.corpus import Corpus
from home.readiness.shingles import PlaceNames, shingles_of, steps_of

NAMES = PlaceNames([("成都", "成都"), ("重庆", "重庆")])
NATIONAL = "我们在全国各地帮助企业建立质量管理体系并取得证书"
LOCAL = "龙泉驿的汽车零部件企业最常问到的是外协件如何控制"
OTHER = "两江新区的摩托车企业多数已经有出口的经验与团队"

# Texts that share runs with each other without being the same.
texts = st.text("质量管理体系认证", min_size=1, max_size=24)
pages = st.lists(
    st.tuples(st.lists(texts, max_size=4), st.booleans()), min_size=1, max_size=6
)


@pytest.fixture(autouse=True)
def short_texts_count_in_full(monkeypatch):
    monkeypatch.setattr(module, "SHORTEST_TEXT", 1)


def shares(*texts, published=None):
    compared = Corpus(NAMES)
    for number, page in enumerate(texts):
        is_published = published is None or published[number]
        compared.add(number, page, is_published=is_published)
    return list(compared.shares().values())


def test_the_same_text_apart_from_the_name_is_nobodys_own():
    assert shares([f"成都{LOCAL}"], [f"重庆{LOCAL}"]) == [0, 0]


def test_text_of_its_own_is_a_share_of_the_whole():
    first, second = shares([NATIONAL, LOCAL], [NATIONAL])
    assert first == pytest.approx(0.5, abs=0.05)
    assert second == 0


def test_a_single_page_has_all_its_text_for_itself():
    assert shares([NATIONAL, LOCAL]) == [1]


def test_a_sentence_taken_over_into_a_paragraph_is_found():
    first, second = shares([LOCAL], [f"{OTHER}。{LOCAL}"])
    assert first == 0
    assert 0.4 < second < 0.7


def test_what_a_page_repeats_stays_its_own():
    assert shares([LOCAL, f"{LOCAL}！", f"成都{LOCAL}"], [OTHER]) == [1, 1]


def test_a_draft_takes_nothing_from_published_pages():
    assert shares([LOCAL], [LOCAL], published=[True, False]) == [1, 0]


def test_drafts_take_nothing_from_each_other():
    assert shares([LOCAL], [LOCAL], published=[False, False]) == [1, 1]


def test_pages_without_text_have_no_share():
    assert shares([], ["！"], [LOCAL]) == [0, 0, 1]


def test_a_few_words_are_not_a_page(monkeypatch):
    monkeypatch.setattr(module, "SHORTEST_TEXT", 250)
    (share,) = shares([LOCAL])
    assert share < 0.1


def test_nothing_is_computed_for_no_pages():
    assert shares() == []


@given(pages)
@settings(deadline=None)
def test_shares_are_those_of_a_comparison_of_each_with_each(pages):
    """The slow way, as the definition says it."""
    sets = [
        [set(shingles_of(steps_of(text))) for text in page] for page, _live in pages
    ]
    expected = []
    for number, pieces in enumerate(sets):
        others = set()
        for other, (_page, live) in enumerate(pages):
            if live and other != number:
                others = others.union(*sets[other])
        distinct = list({frozenset(piece): piece for piece in pieces}.values())
        total = sum(len(piece) for piece in distinct)
        own = sum(len(piece - others) for piece in distinct)
        expected.append(own / max(1, total))
    found = shares(
        *[page for page, _live in pages], published=[live for _page, live in pages]
    )
    assert found == pytest.approx(expected)
