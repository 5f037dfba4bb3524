"""How texts are cut: of a text and of any part of it, the segments are the same."""

from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st

from cms.search.segments import MOST_WORDS, fold, phrase_of, segments_of, terms_of

CHINESE = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)


def is_found(query: str, text: str) -> bool:
    """What both databases do with segments."""
    term = phrase_of(query)
    indexed = list(segments_of(text))
    length = len(term.segments)
    *before, last = term.segments
    for start in range(len(indexed) - length + 1):
        *found, end = indexed[start : start + length]
        fits = end.startswith(last) if term.is_prefix else end == last
        if found == before and fits:
            return True
    return False


class SegmentTests(TestCase):
    def test_a_run_of_chinese_becomes_overlapping_pairs_and_its_last_character(self):
        self.assertEqual(list(segments_of("知识产权")), ["知识", "识产", "产权", "权"])

    def test_words_and_numbers_part_where_they_meet(self):
        for text in ("ISO9001", "iso 9001", "ISO-9001", "ＩＳＯ９００１"):
            self.assertEqual(list(segments_of(text)), ["iso", "9001"], text)

    def test_traditional_characters_become_simplified_ones_each_by_itself(self):
        self.assertEqual(fold("認證、乾坤、接著"), fold("认证、干坤、接着"))

    def test_accents_and_capital_letters_make_no_difference(self):
        self.assertEqual(fold("CAFÉ Straße"), "cafe strasse")

    def test_kana_keep_their_marks(self):
        self.assertEqual(fold("ガ"), "ガ")

    def test_a_query_has_a_term_for_each_word(self):
        terms = [term.segments for term in terms_of("成都，ISO9001认证 GB/T 19001")]
        words = [("成都",), ("iso", "9001", "认证"), ("gb", "t"), ("19001",)]
        self.assertEqual(terms, words)

    def test_only_the_last_word_goes_on_while_it_is_being_typed(self):
        terms = terms_of("quality manag", is_being_typed=True)
        self.assertEqual([term.is_prefix for term in terms], [False, True])

    def test_what_holds_no_letter_or_digit_asks_for_nothing(self):
        for query in ("", " ", "!？", "👍", "\x00", '"*"', "___"):
            self.assertEqual(terms_of(query), [], query)
            self.assertIsNone(phrase_of(query), query)

    def test_a_query_without_end_is_cut_short(self):
        self.assertEqual(len(terms_of("a " * 10_000)), MOST_WORDS)
        self.assertLess(len(terms_of("认证" * 10_000)[0].segments), 256)


class PartOfTextTests(TestCase):
    @given(st.text(CHINESE, min_size=1, max_size=12), st.data())
    def test_every_part_of_a_chinese_text_finds_it(self, text, data):
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        self.assertTrue(is_found(text[start:end], text))

    @given(st.text(CHINESE, min_size=1, max_size=6), st.text(max_size=6))
    def test_chinese_between_other_things_is_found(self, run, around):
        self.assertTrue(is_found(run, f"{around} {run}{around}"))

    @given(st.text(max_size=20), st.text(max_size=20))
    def test_folding_a_text_twice_changes_nothing_more(self, text, other):
        self.assertEqual(fold(fold(text)), fold(text))
