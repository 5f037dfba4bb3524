"""The register of cities, as a list for a switcher."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema
from pydantic import Discriminator, Tag

from cms.api.scope import Scope
from cms.cities.models import City
from home.api.references import CityReference, CityWithPage
from home.models import CityPage

router = Router(tags=["cities"])


class CitySchema(CityReference):
    """What the register knows of a city."""

    code: str = Field(description="Six digits after GB/T 2260.")
    initial: str
    initials: str = Field(
        description="First letters of the syllables, as people type them: cd for 成都."
    )
    pinyin: str
    spellings: list[str] = Field(
        description="Other names to seek by: those of simplified and traditional Chinese that are not shown."
    )
    province: str
    province_spellings: list[str]
    province_slug: str
    area_code: str
    is_hot: bool

    @staticmethod
    def resolve_province(city: City) -> str:
        return city.province.local_name

    @staticmethod
    def resolve_province_spellings(city: City) -> list[str]:
        return city.province.spellings

    @staticmethod
    def resolve_province_slug(city: City) -> str:
        return city.province.slug


class ListedCity(CityWithPage, CitySchema):
    """A city, and where its page is."""


class CityList(Schema):
    count: int
    items: list[ListedCity]


class CityGroup(Schema):
    key: str = Field(description="The initial, or the slug of the province.")
    name: str
    items: list[ListedCity]


class GroupedCities(Schema):
    """Each city stands in its group; hot ones stand before the groups too."""

    count: int
    hot: list[ListedCity]
    groups: list[CityGroup]


def _kind_of(answer: Any) -> str:
    """Pydantic asks twice: of what the view gives, and of what it makes of it."""
    names = answer if isinstance(answer, dict) else type(answer).model_fields
    return "grouped" if "groups" in names else "list"


CitiesAnswer = Annotated[
    Annotated[CityList, Tag("list")] | Annotated[GroupedCities, Tag("grouped")],
    Discriminator(_kind_of),
]


class CityFilters(Schema):
    group: Literal["initial", "province"] | None = Field(
        None, description="Answer in groups, hot cities before them."
    )
    pages: Literal["with", "without"] | None = Field(
        None, description="Only cities with, or without, a published page."
    )
    hot: bool | None = Field(None, description="Only cities that are hot, or are not.")


@router.get(
    "/",
    response=CitiesAnswer,
    url_name="list_cities",
    operation_id="cities_list",
    summary="All cities",
    description="The whole register at once, for a city switcher: hot cities first, then by initial.",
)
def list_cities(
    request: HttpRequest, scope: Query[Scope], filters: Query[CityFilters]
) -> dict[str, object]:
    cities = City.objects.cities().hot_first().with_province()
    cities = cities.with_page(scope.inner_pages(CityPage))
    if filters.pages is not None:
        cities = cities.filter(page_data__isnull=filters.pages == "without")
    if filters.hot is not None:
        cities = cities.filter(is_hot=filters.hot)
    if filters.group is None:
        return {"count": len(cities), "items": list(cities)}
    return {
        "count": len(cities),
        "hot": [city for city in cities if city.is_hot],
        "groups": list(GROUPS[filters.group](cities)),
    }


def by_initial(cities: Iterable[City]) -> Iterator[dict[str, Any]]:
    ordered = sorted(cities, key=attrgetter("initial", "slug"))
    for initial, members in groupby(ordered, attrgetter("initial")):
        yield {"key": initial, "name": initial, "items": list(members)}


def by_province(cities: Iterable[City]) -> Iterator[dict[str, Any]]:
    """In the register's order: from north to south, each province's capital first."""
    ordered = sorted(cities, key=lambda city: (city.province.code, city.code))
    for province, members in groupby(ordered, attrgetter("province")):
        yield {
            "key": province.slug,
            "name": province.local_name,
            "items": list(members),
        }


GROUPS = {"initial": by_initial, "province": by_province}
