"""Inherited values leave the API with their origin: what a city has of its own, and what its page says."""

from typing import Any

from ninja import Field, Schema

from cms.api.body import look_up
from cms.api.schemas import BodyBlockSchema, ImageSchema
from cms.api.schemas.blocks import Words
from cms.api.schemas.pages import Context
from cms.cities.inheritance import Inherited, Origin
from cms.core.phones import dial_phone, show_phone
from home.models import CityPage, CityReadiness


class InheritedText(Schema):
    value: str
    origin: Origin


class InheritedPhone(Schema):
    value: str = Field(description="As it was typed.")
    display: str = Field(description="As readers of the answer's language write it.")
    href: str = Field(description="Dials it. Empty: there is none.")
    origin: Origin

    @staticmethod
    def resolve_display(phone: Inherited) -> str:
        return show_phone(phone.value)

    @staticmethod
    def resolve_href(phone: Inherited) -> str:
        return phone.value and dial_phone(phone.value)


class InheritedNumber(Schema):
    value: int | None
    origin: Origin

    @staticmethod
    def resolve_value(number: Inherited) -> int | None:
        return number.value or None


class PersonSchema(Schema):
    name: str
    role: Words
    text: Words
    photo: ImageSchema | None


class InheritedTeam(Schema):
    value: list[PersonSchema]
    origin: Origin

    @staticmethod
    def resolve_value(team: Inherited, context: Context) -> list[dict[str, Any]]:
        if not team.value:
            return []
        look_up(team.value)
        return team.value.stream_block.get_api_representation(team.value, context)


class InheritedBody(Schema):
    value: list[BodyBlockSchema]  # type: ignore[valid-type]  # a union that is made, not written
    origin: Origin


class FactsSchema(Schema):
    """How a city is served: its own values, else its province's, else the national ones."""

    phone: InheritedPhone
    address: InheritedText
    opening_hours: InheritedText
    service_radius: InheritedNumber = Field(description="In kilometres.")
    team: InheritedTeam


class ReadinessSchema(Schema):
    """Whether the page has enough of its own for search engines."""

    score: int = Field(description="Out of 100.")
    is_ready: bool


READINESS = Field(description="Null: not computed yet, and so not for search engines.")


def readiness_of(page: CityPage) -> CityReadiness | None:
    return getattr(page, "readiness", None)
