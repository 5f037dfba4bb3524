"""How other answers name a city and its page."""

from typing import Any

from ninja import Field, Schema
from wagtail.models import Page

from cms.api.schemas.pages import Context, page_path
from cms.cities.models import City


class CityReference(Schema):
    """As much of a city as a link or a filter needs."""

    slug: str
    name: str
    short_name: str

    @staticmethod
    def resolve_name(city: City) -> str:
        return city.local_name

    @staticmethod
    def resolve_short_name(city: City) -> str:
        return city.local_short_name


class CityLandingPage(Schema):
    id: int
    path: str

    @staticmethod
    def resolve_path(page: Page, context: Context) -> str | None:
        return page_path(page, context["request"])


class CityWithPage(CityReference):
    """Of a city that was found `with_page()`."""

    page: CityLandingPage | None = Field(description="Null: no page is published yet.")

    @staticmethod
    def resolve_page(city: Any) -> Page | None:
        return city.page_data and Page(**city.page_data)
