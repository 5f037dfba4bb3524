"""Names of cities as people write and paste them → cities of the register.

The register is given as objects, so that a list of any length costs no query of its own.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property

from cms.cities.models import City

SEPARATORS = re.compile(r"[\r\n\t\v\f,、;|]+")
LIST_NUMBER = re.compile(
    r"^[ \t]*(?:\(\d{1,3}\)|\d{1,3}[.、)])[ \t]*(?!\d)", re.MULTILINE
)
NOT_CHINESE = re.compile(r"^[\x00-\x7f]+$")

MOST_SUGGESTIONS = 3
# Two of three characters, or one of two: 成部 is near to 成都.
NEAR = 0.5
# Looking for near names compares with the whole register: a pasted novel must not keep the server busy.
MOST_LOOKED_UP = 50


@dataclass(frozen=True)
class Unmatched:
    """A name that no city has. `province` is set where it is the name of a province."""

    typed: str
    suggestions: tuple[City, ...] = ()
    province: City | None = None


@dataclass(frozen=True)
class Ambiguous:
    """A name that several places have: cities, or a city and a province."""

    typed: str
    candidates: tuple[City, ...]


@dataclass
class Matches:
    """What a list of names means. `matched` has each city once, with everything that named it, in the list's order."""

    matched: dict[City, list[str]] = field(default_factory=dict)
    unmatched: list[Unmatched] = field(default_factory=list)
    ambiguous: list[Ambiguous] = field(default_factory=list)


def split_names(text: str, register: "Register") -> list[str]:
    """The names of a pasted list: one in a line, or separated by commas, semicolons, 、 or tabs. List numbers go.

    Spaces separate names only where what stands between them is no name: 四川省 成都市 is one, 成都 重庆 are two.
    """
    text = LIST_NUMBER.sub("", normalise_width(text))
    names: list[str] = []
    for name in filter(None, map(tidy, SEPARATORS.split(text))):
        parts = name.split(" ")
        several = not register.find(name) and any(map(register.find, parts))
        names.extend(parts if several else [name])
    return names


def normalise_width(text: str) -> str:
    """Full-width letters, digits and commas as half-width ones, without the invisible marks that are copied along."""
    text = unicodedata.normalize("NFKC", text)
    return "".join(char for char in text if unicodedata.category(char) != "Cf")


def tidy(text: str) -> str:
    return " ".join(normalise_width(text).split()).strip(" .。\"'“”")


def make_key(text: str) -> str:
    """What two ways to write the same name have in common."""
    return re.sub(r"[\s'’·]", "", normalise_width(text)).casefold()


class Register:
    """Provinces and cities by everything they are called. Cities need their province loaded (`with_province`)."""

    def __init__(self, places: Iterable[City]) -> None:
        # Full names win over shorter ones, which several places may share.
        self._identities: dict[str, dict[City, None]] = defaultdict(dict)
        self._nicknames: dict[str, dict[City, None]] = defaultdict(dict)
        self._cities: list[City] = []
        for place in places:
            if place.level == City.Level.CITY:
                self._cities.append(place)
            for name in identities_of(place):
                self._identities[make_key(name)][place] = None
            for name in nicknames_of(place):
                self._nicknames[make_key(name)][place] = None

    def find(self, name: str) -> list[City]:
        """The places that the name may mean. A municipality is found as a city, not as the province that it is too."""
        key = make_key(name)
        found = list(self._identities.get(key) or self._nicknames.get(key) or ())
        cities = {(place.code, place.level) for place in found}
        return [
            place
            for place in found
            if place.level == City.Level.CITY
            or (place.code, City.Level.CITY) not in cities
        ]

    def suggest(self, name: str) -> tuple[City, ...]:
        """The cities whose names are nearest."""
        key = make_key(name)
        names = self._latin_names if NOT_CHINESE.match(key) else self._chinese_names
        near = get_close_matches(key, names, n=MOST_SUGGESTIONS, cutoff=NEAR)
        return tuple(dict.fromkeys(names[each] for each in near))

    @cached_property
    def _chinese_names(self) -> dict[str, City]:
        return {
            make_key(name): city
            for city in self._cities
            for name in (city.name, city.short_name)
        }

    @cached_property
    def _latin_names(self) -> dict[str, City]:
        return {
            make_key(name): city
            for city in self._cities
            for name in (city.code, city.slug)
        }


def identities_of(place: City) -> Iterator[str]:
    # Pinyin stands beside the slug: whoever types suzhou may mean 宿州, whose slug is suzhou-ah, and has to be asked.
    yield from (place.code, place.name, place.slug, place.pinyin)


def nicknames_of(place: City) -> Iterator[str]:
    yield place.short_name
    for names in place.names.values():
        yield from names.values()
    if place.name.endswith("自治州"):
        # 凉山彝族自治州 is called 凉山 and 凉山州.
        stem = place.short_name.removesuffix("州") or place.short_name
        yield from (stem, f"{stem}州")
    if place.parent:
        for province in (place.parent.name, place.parent.short_name):
            yield from (province + place.name, province + place.short_name)


def match_names(names: Iterable[str], register: Register) -> Matches:
    """Which cities the names mean. A name that is given twice, or in two ways, counts once."""
    matches = Matches()
    for name in dict.fromkeys(map(tidy, names)):
        places = register.find(name)
        if len(places) > 1:
            matches.ambiguous.append(Ambiguous(name, tuple(places)))
        elif places and places[0].level == City.Level.CITY:
            matches.matched.setdefault(places[0], []).append(name)
        elif places:
            matches.unmatched.append(Unmatched(name, province=places[0]))
        else:
            is_looked_up = len(matches.unmatched) < MOST_LOOKED_UP
            near = register.suggest(name) if is_looked_up else ()
            matches.unmatched.append(Unmatched(name, near))
    return matches
