"""One city: what it has of its own and what it inherits, and the few words of it that a header shows."""

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Field, Query, Router, Schema

from cms.api.body import body_representation
from cms.api.parameters import Text
from cms.api.schemas.pages import Context, page_path, resolved
from cms.api.scope import Scope
from cms.cities.inheritance import Inherited, Origin, get_phone
from cms.cities.models import City
from cms.cities.projects import get_projects
from cms.core.models import SiteSettings
from home.api.cities import CitySchema
from home.api.facts import (
    READINESS,
    FactsSchema,
    InheritedBody,
    InheritedPhone,
    InheritedText,
    ReadinessSchema,
    readiness_of,
)
from home.api.references import CityWithPage
from home.models import CityPage

router = Router(tags=["cities"])


class ProjectSchema(Schema):
    """A certification project that visitors can ask for."""

    slug: str
    name: str
    standard: str
    group: str


class InheritedProjects(Schema):
    value: list[ProjectSchema]
    origin: Origin


class CoordinatesSchema(Schema):
    latitude: float
    longitude: float


class PageTexts(Schema):
    """What the page says of itself, its placeholders replaced."""

    seo_title: InheritedText
    search_description: InheritedText
    intro: InheritedText


class CityPageDetail(Schema):
    """The city's page, with the origin of each of its texts. `pages/{id}/` answers with the page as pages are read."""

    id: int
    path: str
    title: str
    readiness: ReadinessSchema | None = READINESS
    texts: PageTexts
    body: InheritedBody

    resolve_title = resolved("title")
    resolve_readiness = staticmethod(readiness_of)

    @staticmethod
    def resolve_path(page: CityPage, context: Context) -> str | None:
        return page_path(page, context["request"])

    @staticmethod
    def resolve_texts(page: CityPage) -> dict[str, Inherited]:
        return {
            name: page.inherit_text(name)._replace(value=getattr(page.resolved, name))
            for name in PageTexts.model_fields
        }

    @staticmethod
    def resolve_body(page: CityPage, context: Context) -> Inherited:
        body = body_representation(page.shown_body, page, context["request"])
        return page.inherit_text("body")._replace(value=body)


class CityDetail(CitySchema):
    coordinates: CoordinatesSchema | None
    facts: FactsSchema
    projects: InheritedProjects
    page: CityPageDetail | None = Field(description="Null: no page is published yet.")

    @staticmethod
    def resolve_coordinates(city: City) -> dict[str, Any] | None:
        if city.latitude is None or city.longitude is None:
            return None
        return {"latitude": city.latitude, "longitude": city.longitude}

    @staticmethod
    def resolve_projects(city: Any) -> Inherited:
        return city.offered_projects


class CityHeader(CityWithPage):
    """What a site's header shows of the visitor's city."""

    phone: InheritedPhone

    @staticmethod
    def resolve_phone(city: Any) -> Inherited:
        return city.inherited_phone


@router.get(
    "/{slug}/",
    response=CityDetail,
    url_name="detail_city",
    operation_id="cities_detail",
    summary="City",
    description="Each value with its origin: the city itself, its province, or the whole country.",
)
def get_city(request: HttpRequest, slug: Text, scope: Query[Scope]) -> City:
    city = find_city(City.objects.select_related("parent"), slug)
    settings = SiteSettings.for_site(scope.site).shown
    city.facts = city.get_facts(settings)
    city.offered_projects = get_projects(city, scope.locale.pk)
    city.page = find_page(city, settings, scope)
    return city


@router.get(
    "/{slug}/header/",
    response=CityHeader,
    url_name="detail_city_header",
    operation_id="cities_header",
    summary="A city in a site's header",
)
def get_city_header(request: HttpRequest, slug: Text, scope: Query[Scope]) -> City:
    cities = City.objects.with_province().with_page(scope.inner_pages(CityPage))
    city = find_city(cities, slug)
    city.inherited_phone = get_phone(city, SiteSettings.for_site(scope.site))
    return city


def find_city(cities: Any, slug: str) -> Any:
    city = cities.cities().filter(slug=slug).first()
    if city is None:
        raise Http404("No city of the register has this slug.")
    return city


def find_page(city: City, settings: SiteSettings, scope: Scope) -> CityPage | None:
    """The city's page with what its texts ask for, all of which is at hand already."""
    pages = scope.inner_pages(CityPage).select_related("readiness")
    page = pages.filter(city=city).order_by("pk").first()
    if page is not None:
        page.city, page.locale, page.site_settings = city, scope.locale, settings
    return page
