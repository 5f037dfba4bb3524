"""Which city of the register a place or a name belongs to. Nothing here asks a database or a network."""

import math
import unicodedata
from collections.abc import Callable, Iterable
from itertools import pairwise

from cms.cities.models import City

# What lies further from every city is not in the country, or on the open sea.
FURTHEST = 150.0
EARTH_RADIUS = 6371.0
# The same in degrees of latitude, with a little more: whoever asks a database need not ask for all cities.
DEGREES_AROUND = 1.01 * math.degrees(FURTHEST / EARTH_RADIUS)


def distance(
    latitude: float, longitude: float, other_latitude: float, other_longitude: float
) -> float:
    """The great-circle distance of two points in kilometres, by the haversine formula."""
    here, there = math.radians(latitude), math.radians(other_latitude)
    across = math.radians(other_longitude - longitude)
    chord = (
        math.sin((there - here) / 2) ** 2
        + math.cos(here) * math.cos(there) * math.sin(across / 2) ** 2
    )
    # Rounding may lead beyond 1 for points on opposite sides of the earth.
    return 2 * EARTH_RADIUS * math.asin(math.sqrt(min(1.0, chord)))


def nearest(cities: Iterable[City], latitude: float, longitude: float) -> City | None:
    """The city nearest to a point, unless all are too far. Cities without coordinates are passed over."""
    found, shortest = None, FURTHEST
    for city in cities:
        if city.latitude is None or city.longitude is None:
            continue
        away = distance(
            latitude, longitude, float(city.latitude), float(city.longitude)
        )
        if away <= shortest:
            found, shortest = city, away
    return found


# The names of a city, from the one that no other has to those that several share.
NAMES: list[Callable[[City], Iterable[str]]] = [
    lambda city: [city.code],
    lambda city: [city.name, city.short_name],
    lambda city: [city.slug],
    lambda city: [city.pinyin, *names_elsewhere(city)],
]


def match_name(cities: Iterable[City], text: str) -> City | None:
    """The city that somebody calls `text`: by code, by name in any language, by slug or pinyin.

    A name that several cities share names none of them, unless it is the slug of one: suzhou is 苏州, not 宿州.
    """
    wanted = normalise(text)
    cities = list(cities) if wanted else []
    for names in NAMES:
        found = [
            city
            for city in cities
            if any(normalise(name) == wanted for name in names(city))
        ]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def match_region(cities: Iterable[City], region: str) -> City | None:
    """The city of an ip2region text, such as 中国|四川省|成都市|电信|CN or 中国|0|四川省|成都市|电信.

    The field after the province is the city. It is looked for in that province only: 吉林 is a province and a city.
    """
    fields = region.split("|")
    for province, name in pairwise(fields):
        inside = [city for city in cities if province in names_of(city.province)]
        if inside:
            return next((city for city in inside if name in names_of(city)), None)
    return None


def names_of(place: City) -> tuple[str, str]:
    return place.name, place.short_name


def names_elsewhere(city: City) -> Iterable[str]:
    for names in city.names.values():
        yield from names.values()


def normalise(name: str) -> str:
    """How a name is compared: whatever the width and case of its letters, and what stands between its syllables."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return "".join(letter for letter in plain if letter.isalnum())
