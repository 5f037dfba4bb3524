"""Cutting texts into what search compares: in one way for what is indexed and for what is asked for.

Chinese is written without spaces, so a run of it becomes every two characters that stand together, and the last one by
itself: 知识产权 is 知识 识产 产权 权. A query's run is a phrase of these, and a single character the beginning of one.
Words and numbers part where they meet: ISO9001, iso 9001 and ISO-9001 are all iso 9001.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from opencc import OpenCC

# To be counted up with every change of what a text is cut into: then indexes are built anew.
CUTTING = 1
LONGEST_QUERY = 255
MOST_WORDS = 32

# Han, kana, bopomofo and hangul, in blocks that SQLite and PostgreSQL both take for letters.
UNSPACED = "々-〇〡-〩ぁ-ゖゝ-ゟァ-ヺー-ヿㄅ-ㄯㆠ-ㆿ㐀-䶿一-鿿가-힣豈-\ufaff\U00020000-\U000323af"
RUNS = re.compile(rf"[{UNSPACED}]+|[^\W\d_{UNSPACED}]+|\d+")
# Between these two parts of a query belong together, as in GB/T or ISO-9001.
JOINERS = "-‐–./_&+@:'’·"
WORDS = re.compile(rf"[\w{re.escape(JOINERS)}]+")
ACCENTS = re.compile("[\u0300-\u036f]")
# What OpenCC leaves to the words around it: 著 is 着 in 接著 and 著 in 著名.
UNDECIDED = {"著": "着", "徵": "征", "瞭": "了", "藉": "借", "覆": "复"}


class Term(NamedTuple):
    """Segments that must follow each other; the last may be the beginning of one."""

    segments: tuple[str, ...]
    is_prefix: bool


class SimplifiedCharacters(dict[int, int | str]):
    """A table for `str.translate`.

    Each character by itself: converted by phrase, a part of a text would not be as it is in the whole.
    """

    def __missing__(self, code: int) -> int | str:
        if code < 0x3400:
            return code
        character = chr(code)
        found = UNDECIDED.get(character) or _converter().convert(character)
        return self.setdefault(code, found)


SIMPLIFIED = SimplifiedCharacters()


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def fold(text: str) -> str:
    """The text in half width, small, without accents and in simplified characters."""
    letters = unicodedata.normalize("NFKD", text).casefold()
    plain = unicodedata.normalize("NFKC", ACCENTS.sub("", letters))
    return plain.translate(SIMPLIFIED)


def segments_of(text: str) -> Iterator[str]:
    """All segments of a text that is indexed, in order."""
    for run in RUNS.findall(fold(text)):
        yield from cut(run)


def cut(run: str) -> list[str]:
    if not is_unspaced(run):
        return [run]
    return [run[start : start + 2] for start in range(len(run))]


def is_unspaced(run: str) -> bool:
    return re.match(f"[{UNSPACED}]", run) is not None


def terms_of(query: str, *, is_being_typed: bool = False) -> list[Term]:
    """One term for each word of a query. While it is being typed, the last word may go on."""
    words = WORDS.findall(fold(query[:LONGEST_QUERY]))[:MOST_WORDS]
    terms = [term for word in words if (term := _term_of(word))]
    if is_being_typed and terms:
        terms[-1] = terms[-1]._replace(is_prefix=True)
    return terms


def phrase_of(text: str) -> Term | None:
    """A text as one term: all of it must stand together. None if nothing in it can be sought."""
    return _term_of(fold(text[:LONGEST_QUERY]))


def _term_of(folded: str) -> Term | None:
    runs = RUNS.findall(folded)
    if not runs:
        return None
    *before, last = runs
    # Where the last run ends, the text may go on: its last character by itself would ask for one that does not.
    end = cut(last)[:-1] or [last]
    segments = [segment for run in before for segment in cut(run)]
    return Term((*segments, *end), is_prefix=is_unspaced(last) and len(last) == 1)
