"""The register as the city list shows it: every city with where it leads, in groups or as they are sought."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from cms.cities.models import City, CityQuerySet
from cms.cities.search import LONGEST_QUERY, search_cities

INITIAL, PROVINCE = "initial", "province"


class CityLink(NamedTuple):
    """A city and where it leads: its page, or the list itself, which then says how the city is served."""

    slug: str
    name: str
    province: str
    href: str
    has_page: bool


class CityGroup(NamedTuple):
    title: str
    # The end of an anchor: a letter, or the slug of a province.
    anchor: str
    links: list[CityLink]


def all_cities() -> CityQuerySet:
    """Every city with what the list shows, and no more of it: there are hundreds."""
    names = ("level", "code", "name", "short_name", "slug", "names")
    return (
        City.objects.cities()
        .hot_first()
        .select_related("parent")
        .only(
            *(*names, "initial", "pinyin", "is_hot"),
            *(f"parent__{name}" for name in names),
        )
    )


def clean_query(text: str) -> str:
    return text.replace("\x00", "").strip()[:LONGEST_QUERY]


@dataclass(frozen=True)
class CityList:
    """What the template shows. `page_paths` has the path of each city's page by the city's key."""

    cities: list[City]
    page_paths: Mapping[int, str]
    by: str = INITIAL
    query: str = ""

    @property
    def hot(self) -> list[CityLink]:
        return self._links(city for city in self.cities if city.is_hot)

    @property
    def found(self) -> list[CityLink]:
        return self._links(search_cities(self.cities, self.query))

    @property
    def groups(self) -> list[CityGroup]:
        return self.by_province if self.by == PROVINCE else self.by_initial

    @property
    def by_initial(self) -> list[CityGroup]:
        cities = sorted(self.cities, key=lambda city: (city.initial, city.slug))
        return [
            CityGroup(initial, initial, self._links(members))
            for initial, members in groupby(cities, key=lambda city: city.initial)
        ]

    @property
    def by_province(self) -> list[CityGroup]:
        """In the order of the codes, which is the one that people know."""
        cities = sorted(self.cities, key=lambda city: city.code)
        provinces = groupby(cities, key=lambda city: city.lineage[-1])
        return [
            CityGroup(province.local_name, province.slug, self._links(members))
            for province, members in provinces
        ]

    def _links(self, cities: Iterable[City]) -> list[CityLink]:
        return [self._link(city) for city in cities]

    def _link(self, city: City) -> CityLink:
        path = self.page_paths.get(city.pk)
        return CityLink(
            slug=city.slug,
            name=city.local_short_name,
            province=city.province_name,
            href=path or f"?city={city.slug}",
            has_page=path is not None,
        )
