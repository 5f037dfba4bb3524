"""What a city page tells machines about the branch, as schema.org's LocalBusiness."""

from typing import TYPE_CHECKING, Any

from cms.cities.inheritance import Inherited, Origin
from cms.core.phones import write_e164

if TYPE_CHECKING:
    from cms.cities.models import City
    from home.models import CityPage


def local_business(page: "CityPage") -> dict[str, Any] | None:
    """The branch with the city's own values only; None where there is no branch.

    A province's phone on the business of a city would be a false statement about a place that does not exist.
    """
    facts = page.facts
    phone, address = own(facts.phone), own(facts.address)
    if not phone and not address:
        return None
    settings = page.site_settings
    name = settings.organisation or page.resolved.title
    business = {
        "@context": "https://schema.org",
        "@type": "LocalBusiness",
        "@id": f"{page.full_url}#branch",
        "name": f"{name} · {page.city.local_short_name}",
        "url": page.full_url,
        "telephone": write_e164(phone or ""),
        "address": postal_address(page.city, address),
        "areaServed": area_served(page.city, own(facts.service_radius)),
        "employee": [
            {
                "@type": "Person",
                "name": person.value["name"],
                "jobTitle": person.value["role"],
            }
            for person in own(facts.team) or []
        ],
        "parentOrganization": organisation(settings),
    }
    return without_blanks(business)


def own(fact: Inherited) -> Any:
    return fact.value if fact.origin == Origin.CITY else None


def postal_address(city: "City", address: str | None) -> dict[str, Any]:
    return {
        "@type": "PostalAddress",
        "streetAddress": address,
        "addressLocality": city.local_name,
        "addressRegion": city.province_name,
        "addressCountry": "CN",
    }


def area_served(city: "City", radius: int | None) -> dict[str, Any]:
    """A circle around the city where its radius is known, which schema.org wants in metres; else the city."""
    if not radius or city.latitude is None or city.longitude is None:
        return {"@type": "City", "name": city.local_name}
    return {
        "@type": "GeoCircle",
        "geoMidpoint": {
            "@type": "GeoCoordinates",
            "latitude": float(city.latitude),
            "longitude": float(city.longitude),
        },
        "geoRadius": radius * 1000,
    }


def organisation(settings: Any) -> dict[str, Any] | None:
    if not settings.organisation:
        return None
    return {
        "@type": "Organization",
        "name": settings.organisation,
        "telephone": write_e164(settings.service_phone),
    }


def without_blanks(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: without_blanks(each) for key, each in value.items() if each}
    return value
