"""Wording that search engines take for spam: warned about, never refused.

Baidu's rules against titles stuffed with the names of cities, and against contact data in titles and in the middle of
texts (it belongs into the contact card, which stands in one place on every page).
"""

import html
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from cms.core.placeholders import resolve
from home.readiness.phones import find_phones
from home.readiness.shingles import TAG, PlaceNames, steps_of

REPEATED_CITY = "repeated_city"
CITY_CHAIN = "city_chain"
PHONE = "phone"

# Two cities may be an offer between both; more are a list of places to be found under.
CHAIN_LENGTH = 3


class Warning(NamedTuple):
    """A rule that a text breaks: where it stands, and the words in question."""

    code: str
    place: str
    words: str


class PhonePlaceholder:
    """Values of placeholders that show where a phone would be filled in."""

    city = province = ""

    def __init__(self) -> None:
        self.is_used = False

    @property
    def phone(self) -> str:
        self.is_used = True
        return " "


def check_title(place: str, title: str, cities: PlaceNames) -> list[Warning]:
    """`title` as its readers get it."""
    named = Counter(cities.find(steps_of(title)))
    warnings = [
        Warning(REPEATED_CITY, place, name)
        for name, times in named.items()
        if times > 1
    ]
    if len(named) >= CHAIN_LENGTH:
        warnings.append(Warning(CITY_CHAIN, place, ", ".join(named)))
    return warnings


def check_phones(place: str, texts: Iterable[str]) -> list[Warning]:
    """`texts` as they were typed, with their placeholders. Each number is named once."""
    found: dict[str, None] = {}
    for text in texts:
        found |= dict.fromkeys(phones_in(text))
    return [Warning(PHONE, place, words) for words in found]


def phones_in(text: str) -> list[str]:
    placeholder = PhonePlaceholder()
    plain = html.unescape(TAG.sub(" ", resolve(text, placeholder)))
    numbers = find_phones(unicodedata.normalize("NFKC", plain))
    return ["{phone}", *numbers] if placeholder.is_used else numbers


def check_wording(
    titles: Mapping[str, tuple[str, str]],
    texts: Mapping[str, Iterable[str]],
    cities: PlaceNames,
) -> list[Warning]:
    """`titles` are pairs of a title as typed and as read, `texts` the others as typed, both by where they stand."""
    warnings = []
    for place, (typed, read) in titles.items():
        warnings += check_title(place, read, cities)
        warnings += check_phones(place, [typed])
    for place, typed_texts in texts.items():
        warnings += check_phones(place, typed_texts)
    return warnings
