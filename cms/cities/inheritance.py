"""The one resolver of inherited values: a city's own, else its province's, else the national one, each with its origin.

Templates, API and admin all ask here, for facts of the register as for texts of pages.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from cms.cities.models import City
    from cms.core.models import SiteSettings


class Origin(models.TextChoices):
    """Where in the tree a value was found."""

    CITY = "city", _("City")
    PROVINCE = "province", _("Province")
    NATIONAL = "national", _("Nationwide")


class Inherited(NamedTuple):
    """A value and where it comes from. When nobody has one, the value is empty and the origin national."""

    value: Any
    origin: Origin


def inherit(candidates: Iterable[tuple[Origin, Any]]) -> Inherited:
    """The first value that is not empty. `candidates` go from the city up and end with the national value.

    Empty are "", None, 0 and a stream without blocks: none of them is a fact about a place.
    """
    found = Inherited("", Origin.NATIONAL)
    for origin, value in candidates:
        found = Inherited(value, origin)
        if value:
            break
    return found


# How a value is taken from a place: by the place and the name of the value.
Read = Callable[["City", str], Any]

# The facts that a city inherits, and what the site settings call the national value.
NATIONAL_NAMES = {
    "phone": "service_phone",
    "address": "head_office_address",
    "opening_hours": "service_hours",
    "service_radius": "service_radius",
    "team": "team",
}


@dataclass(frozen=True)
class CityFacts:
    """How a city is served: `facts.phone.value`, `facts.phone.origin`."""

    phone: Inherited
    address: Inherited
    opening_hours: Inherited
    service_radius: Inherited
    team: Inherited


def get_facts(place: "City", settings: "SiteSettings") -> CityFacts:
    """The facts of a city or province of the register on a site, as the active language reads them."""
    return _collect(place.lineage, settings, type(place).local_fact)


def get_inherited_facts(place: "City", settings: "SiteSettings") -> CityFacts:
    """The facts that the place would have if it had none of its own, as the register has them: what editors copy."""
    return _collect(place.lineage[1:], settings)


def get_phone(place: "City", settings: "SiteSettings") -> Inherited:
    """The phone alone, for places that were loaded without their teams."""
    return _find("phone", place.lineage, settings)


def _collect(
    places: "list[City]", settings: "SiteSettings", read: Read = getattr
) -> CityFacts:
    facts = {name: _find(name, places, settings, read) for name in NATIONAL_NAMES}
    return CityFacts(**facts)


def _find(
    name: str, places: "list[City]", settings: "SiteSettings", read: Read = getattr
) -> Inherited:
    national = getattr(settings, NATIONAL_NAMES[name])
    own = [(each.origin, read(each, name)) for each in places]
    return inherit([*own, (Origin.NATIONAL, national)])
