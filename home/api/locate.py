"""Which city a visitor may be in: a suggestion to ask about, never a reason to redirect."""

from contextlib import suppress
from typing import Annotated, Any, Literal, NamedTuple
from urllib.parse import unquote

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema
from ninja.errors import ValidationError

from cms.api.scope import Scope
from cms.cities.ip_lookup import find_region
from cms.cities.locating import DEGREES_AROUND, match_name, match_region, nearest
from cms.cities.models import City
from cms.core.client_address import client_address
from home.api.references import CityWithPage
from home.models import CityPage

router = Router(tags=["cities"])


class Place(Schema):
    """Where the visitor's device says it is."""

    latitude: Annotated[float, Field(ge=-90, le=90)] | None = None
    longitude: Annotated[float, Field(ge=-180, le=180)] | None = None


class Suggestion(Schema):
    city: CityWithPage | None
    method: Literal["coordinates", "header", "ip"] | None = Field(
        description="How it was found: by what the visitor gave, by what the CDN says, by the address."
    )


class Found(NamedTuple):
    city: City | None
    method: str | None


@router.get(
    "/locate/",
    response=Suggestion,
    url_name="locate_city",
    operation_id="cities_locate",
    summary="The city that a visitor may be in",
    description=(
        "By the coordinates that are given; without them by a header of the CDN, else by the address, where the site "
        "is set up for them. Else null. Never stored by anybody on the way."
    ),
)
def locate_city(
    request: HttpRequest,
    response: HttpResponse,
    scope: Query[Scope],
    place: Query[Place],
) -> dict[str, Any]:
    response.headers["Cache-Control"] = "private, no-store"
    city, method = find_city(request, place)
    if city is None:
        return {"city": None, "method": None}
    with_page = City.objects.with_page(scope.inner_pages(CityPage))
    return {"city": with_page.get(pk=city.pk), "method": method}


def find_city(request: HttpRequest, place: Place) -> Found:
    """What the visitor says counts alone, even where it is near no city."""
    cities = City.objects.cities().with_province()
    refuse_half_a_place(place)
    if place.latitude is not None and place.longitude is not None:
        reach = place.latitude - DEGREES_AROUND, place.latitude + DEGREES_AROUND
        around = cities.filter(latitude__range=reach)
        return Found(nearest(around, place.latitude, place.longitude), "coordinates")
    if city := match_name(cities, city_header(request)):
        return Found(city, "header")
    address = client_address(request)
    region = find_region(address) if address else ""
    return Found(match_region(cities, region) if region else None, "ip")


def refuse_half_a_place(place: Place) -> None:
    missing = [name for name, value in place if value is None]
    if len(missing) == 1:
        problem = "Give latitude and longitude, or neither"
        location = ["query", *missing]
        raise ValidationError([{"type": "missing", "loc": location, "msg": problem}])


def city_header(request: HttpRequest) -> str:
    """What the CDN says, in whichever way it writes what is not ASCII."""
    name = settings.CITY_HEADER
    written = request.headers.get(name, "") if name else ""
    # WSGI gives the bytes of a header one by one.
    with suppress(UnicodeError):
        written = written.encode("latin-1").decode()
    return unquote(written)
