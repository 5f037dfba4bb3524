from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from cms.api.schemas.pages import Context, page_path
from cms.api.scope import Scope
from cms.cities.models import City
from home.models import CityPage

router = Router(tags=["cities"])


class CityReference(Schema):
    """As much of a city as a link or a filter needs."""

    slug: str
    name: str
    short_name: str


class CityLandingPage(Schema):
    id: int
    path: str

    @staticmethod
    def resolve_path(page: CityPage, context: Context) -> str | None:
        return page_path(page, context["request"])


class CitySchema(CityReference):
    code: str = Field(description="Six digits after GB/T 2260.")
    initial: str
    province: str
    area_code: str
    is_hot: bool
    page: CityLandingPage | None = Field(description="Null: no page is published yet.")

    @staticmethod
    def resolve_province(city: City) -> str:
        return city.province_name


class CityList(Schema):
    count: int
    items: list[CitySchema]


@router.get(
    "/",
    response=CityList,
    url_name="list_cities",
    operation_id="cities_list",
    summary="All cities",
    description="The whole register at once, for a city switcher: hot cities first, then by initial.",
)
def list_cities(request: HttpRequest, scope: Query[Scope]) -> dict[str, object]:
    pages = scope.pages(CityPage).only("url_path", "city")
    page_of_city = {page.city_id: page for page in pages}
    cities = list(City.objects.cities().hot_first().select_related("parent"))
    for city in cities:
        city.page = page_of_city.get(city.pk)
    return {"count": len(cities), "items": cities}
