"""What a text says apart from what is only put in: cut into short overlapping runs that can be compared.

Names of places, telephone numbers and placeholders are left out on every page alike, so that two texts which differ
only by them have the same shingles. A Chinese character counts as one step, and so does a word or number in Latin
letters.
"""

import html
import re
import unicodedata
import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from cms.core.placeholders import resolve
from home.readiness.phones import without_phones

# Seven characters are about four Chinese words: rarely the same by chance.
SIZE = 7

TAG = re.compile(r"<[^<>]*>")
MARK = "\ue000"  # stands where a placeholder stood
STEP = re.compile(rf"[a-z0-9]+|{MARK}|[^\W_]")
# What may follow the short name of a place: 成都市 and {city}市 say no more than 成都.
SUFFIXES = frozenset("市省县區区")

# A polynomial hash that rolls along the text. Unlike Python's own it is the same in every process.
MODULUS = (1 << 61) - 1
BASE = 1_000_003
LEAVING = pow(BASE, SIZE, MODULUS)
BEYOND_CHARACTERS = 0x110000


class Marks:
    """Values of placeholders: a mark for each."""

    city = province = phone = MARK


def steps_of(text: str) -> list[str]:
    """The characters and words of a text or of rich text, without case, width, punctuation and phone numbers."""
    plain = html.unescape(TAG.sub(" ", resolve(text, Marks())))
    plain = unicodedata.normalize("NFKC", plain)
    return STEP.findall(without_phones(plain).casefold())


class PlaceNames:
    """The names that places have, to be found in texts or left out of them.

    `names` are pairs of a name and the label under which it is found: 成都市 and 成都 are one place.
    """

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        # By first and second step, the longest first. Nearly every step of a text is tried, so two look-ups must do.
        self._names: dict[str, dict[str | None, list[Name]]] = {}
        for name, label in names:
            if steps := steps_of(name):
                seconds = self._names.setdefault(steps[0], {})
                second = steps[1] if len(steps) > 1 else None
                seconds.setdefault(second, []).append(Name(steps, label))
        for seconds in self._names.values():
            for candidates in seconds.values():
                candidates.sort(key=lambda name: -len(name.steps))

    def find(self, steps: list[str]) -> list[str]:
        """The labels of the places that a text names, in its order, as often as it names them."""
        found = []
        position = 0
        while position < len(steps):
            name = self._name_at(steps, position)
            if name:
                found.append(name.label)
            position += len(name.steps) if name else 1
        return found

    def left_out(self, steps: list[str]) -> list[str]:
        """The text without them, and without the placeholders that stand for them."""
        kept: list[str] = []
        position = 0
        while position < len(steps):
            step = steps[position]
            name = self._name_at(steps, position) if step in self._names else None
            position += len(name.steps) if name else 1
            if name is None and step != MARK:
                kept.append(step)
            elif position < len(steps) and steps[position] in SUFFIXES:
                position += 1
        return kept

    def _name_at(self, steps: list[str], position: int) -> "Name | None":
        seconds = self._names.get(steps[position], {})
        second = steps[position + 1] if position + 1 < len(steps) else None
        for name in seconds.get(second, ()):
            if steps[position : position + len(name.steps)] == name.steps:
                return name
        return seconds[None][0] if None in seconds else None


class Name(NamedTuple):
    steps: list[str]
    label: str


def shingles_of(steps: Sequence[str]) -> "array[int]":
    """The distinct shingles in ascending order. A text shorter than one shingle is one."""
    values = [_number(step) for step in steps]
    if not values:
        return array("Q")
    return array("Q", sorted(set(_roll(values))))


def _roll(values: Sequence[int]) -> Iterator[int]:
    rolling = 0
    for value in values[:SIZE]:
        rolling = (rolling * BASE + value) % MODULUS
    yield rolling
    for leaving, value in zip(values, values[SIZE:], strict=False):
        rolling = (rolling * BASE + value - leaving * LEAVING) % MODULUS
        yield rolling


def _number(step: str) -> int:
    return (
        ord(step) if len(step) == 1 else BEYOND_CHARACTERS + zlib.crc32(step.encode())
    )
