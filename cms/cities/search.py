"""Finding cities as people type them: 成都, 成, chengdu, chengd or cd, and 四川 or sichuan for all of a province.

`search.js` follows the same rules in the browser; both are held to the table `tests/cities/searches.json`.
"""

import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import get_language

from cms.cities.models import City

LONGEST_QUERY = 40
# Below these lengths the beginning of a province would be found in what is meant for a city.
SHORTEST_PROVINCE = {"latin": 4, "chinese": 2}
# Pinyin without tones cannot tell 陕西 from 山西: its usual spelling differs from what a keyboard takes.
ALSO_TYPED = {"shaanxi": "shanxi"}


class Names(NamedTuple):
    """What a city can be found by, folded."""

    own: tuple[str, ...]
    initials: str
    province: tuple[str, ...]


def fold(text: str) -> str:
    """Letters and digits alone, small, of half width and without accents; a pinyin ü is a u, however it is typed."""
    letters = unicodedata.normalize("NFKD", text).lower()
    kept = "".join(c for c in letters if unicodedata.category(c)[0] in "LN")
    return kept.replace("lv", "lu").replace("nv", "nu")


def names_of(city: City) -> Names:
    """Found once for each object and language: searches of the same cities ask again and again."""
    known: dict[str | None, Names] = city.__dict__.setdefault("_names_sought", {})
    language = get_language()
    if language not in known:
        known[language] = find_names(city)
    return known[language]


def find_names(city: City) -> Names:
    """The names in the active language and in both Chinese scripts, and pinyin in every language."""
    province = city.lineage[-1]
    slug = fold(province.slug)
    own = (city.local_short_name, city.local_name, city.pinyin, *city.spellings)
    above = map(fold, (province.local_name, *province.spellings))
    return Names(
        own=tuple(map(fold, own)),
        initials=city.initials,
        province=(*above, slug, ALSO_TYPED.get(slug, slug)),
    )


def rank(names: Names, query: str) -> int | None:
    """How well a folded query fits: 0 is best, None not at all."""
    if query in names.own:
        return 0
    if any(name.startswith(query) for name in (*names.own, names.initials)):
        return 1
    if not query.isascii() and any(query in name for name in names.own):
        return 2
    shortest = SHORTEST_PROVINCE["latin" if query.isascii() else "chinese"]
    in_province = any(name.startswith(query) for name in names.province)
    return 3 if in_province and len(query) >= shortest else None


def search_cities(cities: Iterable[City], text: str) -> list[City]:
    """The cities that a visitor may mean, the likeliest first; cities alike in that keep their order.

    A text without letters and digits asks for nothing and finds all. Needs the cities with their provinces.
    """
    query = fold(text[:LONGEST_QUERY])
    if not query:
        return list(cities)
    ranked = [(rank(names_of(city), query), city) for city in cities]
    found = [(place, city) for place, city in ranked if place is not None]
    return [city for _place, city in sorted(found, key=lambda each: each[0])]
