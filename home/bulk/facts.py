"""Cells of a table → values of the register, each as the register writes it, or what to change in the cell."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cms.cities.matching import tidy
from cms.cities.models import City
from forms.phones import ALTERNATIVE, Kind, PhoneNumber, parse_phone
from home.bulk.rows import Cell, CityRow

SHORTENED_BY_EXCEL = re.compile(r"\d(?:\.\d+)?e\+?\d+", re.IGNORECASE)


@dataclass(frozen=True)
class Change:
    """A value of the register that is to change."""

    city: City
    name: str
    old: str
    new: str

    @property
    def label(self) -> str:
        return str(City._meta.get_field(self.name).verbose_name)


@dataclass(frozen=True)
class WrongCell:
    place: str
    text: str
    advice: str


def read_facts(
    rows: Sequence[CityRow], cities: Mapping[str, City]
) -> tuple[list[Change], list[WrongCell]]:
    """What the rows change in the register. `cities` are those that were found, by what the rows call them, tidied.

    An empty cell changes nothing. What a second row says otherwise about the same city is a wrong cell.
    """
    changes: list[Change] = []
    wrong: list[WrongCell] = []
    given: dict[tuple[City, str], tuple[str, Cell]] = {}
    for row in rows:
        city = cities.get(tidy(row.city.text))
        for name, cell in row.facts.items() if city else ():
            try:
                value = read_fact(city, name, cell.text)
                first_value, first = given.setdefault((city, name), (value, cell))
                check_same(value, first_value, first)
            except ValidationError as error:
                wrong.append(WrongCell(cell.place, cell.text, " ".join(error.messages)))
    for (city, name), (value, _cell) in given.items():
        if value != (old := getattr(city, name)):
            changes.append(Change(city, name, old, value))
    return changes, wrong


def read_fact(city: City, name: str, text: str) -> str:
    if name == "phone":
        text = str(read_phone(text, city.area_code))
    field = City._meta.get_field(name)
    longest = field.max_length or 0
    if len(text) > longest:
        message = _("This has %(length)d characters. Shorten it to %(longest)d.")
        raise ValidationError(message % {"length": len(text), "longest": longest})
    return text


def read_phone(text: str, area_code: str) -> PhoneNumber:
    """One number. The zero of an area code, which spreadsheets drop, is put back."""
    if SHORTENED_BY_EXCEL.fullmatch(text):
        raise ValidationError(
            _("The spreadsheet has shortened the number. Format the column as text.")
        )
    normal = unicodedata.normalize("NFKC", text).strip()
    if len(ALTERNATIVE.split(normal)) > 1:
        raise ValidationError(_("Write one number only."))
    try:
        return parse_phone(text, area_code)
    except ValidationError:
        if (phone := with_zero(normal, area_code)) is not None:
            return phone
        raise


def with_zero(digits: str, area_code: str) -> PhoneNumber | None:
    """2885550100 in a row of 成都, whose area code is 028."""
    if not (digits.isdecimal() and area_code and f"0{digits}".startswith(area_code)):
        return None
    try:
        phone = parse_phone(f"0{digits}")
    except ValidationError:
        return None
    return phone if phone.kind == Kind.LANDLINE else None


def check_same(value: str, first_value: str, first: Cell) -> None:
    if value != first_value:
        message = _(
            "Cell %(place)s says something else of this city. Keep one of them."
        )
        raise ValidationError(message % {"place": first.place})
