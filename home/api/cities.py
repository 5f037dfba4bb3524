from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema

from cms.api.schemas.pages import Context, page_path
from cms.api.scope import Scope
from cms.cities.models import City
from cms.core.models import SiteSettings
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
    pinyin: str = Field(description="Syllable by syllable, such as `cheng du`.")
    initials: str = Field(description="As people type them, such as `cd`.")
    province: str
    province_slug: str
    area_code: str
    is_hot: bool
    page: CityLandingPage | None = Field(description="Null: no page is published yet.")

    @staticmethod
    def resolve_province(city: City) -> str:
        return city.province_name

    @staticmethod
    def resolve_province_slug(city: City) -> str:
        return city.lineage[-1].slug


class CityPhone(Schema):
    value: str
    origin: str


class CityHeader(CityReference):
    phone: CityPhone
    page: CityLandingPage | None


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


@router.get(
    "/{slug}/header/",
    response=CityHeader,
    url_name="city_header",
    operation_id="cities_header",
    summary="What a header shows of a city",
)
def get_city_header(
    request: HttpRequest, slug: str, scope: Query[Scope]
) -> dict[str, object]:
    cities = City.objects.cities().select_related("parent")
    city = get_object_or_404(cities, slug=slug)
    phone = city.get_facts(SiteSettings.for_site(scope.site)).phone
    return {
        "slug": city.slug,
        "name": city.local_name,
        "short_name": city.local_short_name,
        "phone": {"value": phone.value, "origin": phone.origin},
        "page": scope.pages(CityPage).filter(city=city).first(),
    }
