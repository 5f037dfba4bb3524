"""Where a submission came from: the page it stood on, the visitor's city, and the campaign that led there."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import ip_network
from typing import Any
from urllib.parse import parse_qsl

from django.http import HttpRequest
from wagtail.models import Page

from cms.cities.models import City
from cms.core.client_address import client_address
from cms.encryption.hashes import hash_value
from forms.models import Lead
from forms.registers import find_city

UTM_KEYS = ("source", "medium", "campaign", "term", "content")
LONGEST_URL = 1000
LONGEST_UTM = 100
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True)
class LeadContext:
    """What is known about a submission besides its answers. Everything in it is ready to be stored."""

    source: Lead.Source
    page: Page | None = None
    city: City | None = None
    page_url: str = ""
    referrer: str = ""
    utm: dict[str, str] = field(default_factory=dict)
    # The client's Idempotency-Key.
    idempotency_key: str = ""
    # The proof of work, as the widget has made it.
    proof: str = ""
    # What stood in the field that people do not see.
    trap: str = ""
    # A keyed hash of the visitor's network, to count by; the address itself is not kept.
    network: str = ""
    # When it was sent, where that was not now: of an import.
    received_at: datetime | None = None
    # History: nobody is told and no clock starts.
    is_silent: bool = False

    @property
    def is_import(self) -> bool:
        """Somebody who is trusted brings it: it is no spam, and no form is closed to it."""
        return self.source == Lead.Source.IMPORT


def build_context(
    source: Lead.Source,
    *,
    page_id: str | int | None = None,
    city_slug: str | None = None,
    page_url: str = "",
    referrer: str = "",
    utm: dict[str, str] | None = None,
    **details: Any,
) -> LeadContext:
    """A context from what a client says about itself.

    None of it is worth refusing a lead for: what is wrong or too long is left out or cut. The campaign is read from
    the page's address unless the client names it. `details` are other fields of the context, as they are.
    """
    page = find_page(page_id)
    page_url = clean_url(page_url)
    return LeadContext(
        source=source,
        page=page,
        city=find_named_city(city_slug) or getattr(page, "city", None),
        page_url=page_url,
        referrer=clean_url(referrer),
        utm=clean_utm(utm) or utm_of(page_url),
        **details,
    )


def network_of(request: HttpRequest) -> str:
    """A keyed hash of the network that a request comes from: a /24 or, of IPv6, a /56, which is one household.

    None for an address of no public network: it would be that of a proxy, which all visitors share.
    """
    address = client_address(request)
    if address is None or not address.is_global:
        return ""
    length = 24 if address.version == 4 else 56
    network = ip_network(f"{address}/{length}", strict=False)
    return hash_value(str(network), "network")


def find_page(page_id: str | int | None) -> Page | None:
    if not re.fullmatch(r"\d{1,9}", str(page_id)):
        return None
    page = Page.objects.live().filter(pk=int(str(page_id))).first()
    return page and page.specific


def find_named_city(slug: str | None) -> City | None:
    return find_city(slug) if slug and re.fullmatch(r"[a-z0-9-]{1,40}", slug) else None


def clean_url(url: str) -> str:
    """A web address without its fragment; nothing when it is something else."""
    if not url.startswith(("https://", "http://")):
        return ""
    return UNPRINTABLE.sub("", url).partition("#")[0][:LONGEST_URL]


def clean_utm(utm: dict[str, str] | None) -> dict[str, str]:
    return {
        key: UNPRINTABLE.sub("", value)[:LONGEST_UTM]
        for key, value in (utm or {}).items()
        if key in UTM_KEYS and value
    }


def utm_of(url: str) -> dict[str, str]:
    query = dict(parse_qsl(url.partition("?")[2]))
    return clean_utm({key: query.get(f"utm_{key}", "") for key in UTM_KEYS})
