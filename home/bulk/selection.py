"""The cities that an order means, and whatever in its list or table cannot be used."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from cms.cities.matching import (
    Ambiguous,
    Matches,
    Register,
    Unmatched,
    match_names,
    split_names,
    tidy,
)
from cms.cities.models import City
from home.bulk.facts import Change, WrongCell, read_facts
from home.bulk.order import CitySet, Order
from home.bulk.rows import CityRow


@dataclass(frozen=True)
class Problem:
    """A name that means no city, or more than one. `places` names its cells, if it stands in a table."""

    typed: str
    places: str
    explanation: str


@dataclass
class Selection:
    """`cities` in the order of the list, each with the names that it was given there."""

    cities: dict[City, list[str]]
    problems: list[Problem] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    wrong_cells: list[WrongCell] = field(default_factory=list)


def select(order: Order) -> Selection:
    """One query, however long the list is."""
    places = list(City.objects.with_province())
    match order.city_set:
        case CitySet.NAMES:
            register = Register(places)
            names = split_names(order.names, register)
            matches = match_names(names, register)
            return Selection(matches.matched, explain(matches))
        case CitySet.FILE:
            return select_rows(order.rows, Register(places))
        case CitySet.PROVINCES:
            chosen = {province.pk for province in order.provinces}
            return whole(city for city in places if city.parent_id in chosen)
        case CitySet.HOT:
            return whole(city for city in places if city.is_hot)
        case CitySet.ALL:
            return whole(places)


def whole(places: Iterable[City]) -> Selection:
    return Selection({each: [] for each in places if each.level == City.Level.CITY})


def select_rows(rows: Sequence[CityRow], register: Register) -> Selection:
    cells: dict[str, list[str]] = defaultdict(list)
    nameless = []
    for row in rows:
        if name := tidy(row.city.text):
            cells[name].append(row.city.place)
        else:
            advice = _("Write the city of this row.")
            nameless.append(WrongCell(row.city.place, "", advice))
    matches = match_names(cells, register)
    by_name = {name: city for city, names in matches.matched.items() for name in names}
    changes, wrong_cells = read_facts(rows, by_name)
    return Selection(
        matches.matched, explain(matches, cells), changes, [*nameless, *wrong_cells]
    )


def explain(
    matches: Matches, cells: dict[str, list[str]] | None = None
) -> list[Problem]:
    def places_of(name: str) -> str:
        return ", ".join(cells[name]) if cells else ""

    return [
        *(
            Problem(each.typed, places_of(each.typed), explain_ambiguous(each))
            for each in matches.ambiguous
        ),
        *(
            Problem(each.typed, places_of(each.typed), explain_unmatched(each))
            for each in matches.unmatched
        ),
    ]


def explain_ambiguous(name: Ambiguous) -> str:
    message = _("This may be %(places)s. Write the full name or the code.")
    return message % {"places": listed(name.candidates)}


def explain_unmatched(name: Unmatched) -> str:
    if name.province:
        message = _("%(province)s is a province. Write the names of its cities.")
        return message % {"province": name.province}
    if name.suggestions:
        message = _("The register has no such city. Near to it: %(places)s.")
        return message % {"places": listed(name.suggestions)}
    return _("The register has no such city.")


def listed(places: Iterable[City]) -> str:
    return _(" or ").join(described(place) for place in places)


def described(place: City) -> str:
    if place.level == City.Level.PROVINCE:
        return _("the province %(name)s") % {"name": place}
    values = {"name": place, "province": place.lineage[-1].name, "code": place.code}
    return _("%(name)s (%(province)s, %(code)s)") % values
