"""From what a page has of its own to points out of 100.

The weights say: without text of its own a page is never ready, however complete its facts are; with nothing but text of
its own, it just is.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple


@dataclass(frozen=True)
class Evidence:
    """What was found: numbers named like the criteria."""

    phone: int
    address: int
    people: int
    articles: int
    blocks: int
    share: float


class Criterion(NamedTuple):
    points: int
    enough: float


# Full points are given for `enough`, less for less.
CRITERIA = {
    "phone": Criterion(15, 1),
    "address": Criterion(10, 1),
    "people": Criterion(5, 1),
    "articles": Criterion(10, 5),
    "blocks": Criterion(15, 3),
    "share": Criterion(45, 0.6),
}


def score_criteria(evidence: Evidence) -> list[dict[str, Any]]:
    """One entry for each criterion, as it is stored: its points, and the figures that explain them."""
    return [
        {
            "code": code,
            "points": points_for(CRITERIA[code], found),
            "max": CRITERIA[code].points,
            "found": round(found, 4),
            "enough": CRITERIA[code].enough,
        }
        for code, found in asdict(evidence).items()
    ]


def points_for(criterion: Criterion, found: float) -> int:
    """Rounded down: the last point is given for the whole."""
    return int(criterion.points * min(found / criterion.enough, 1))


def total(criteria: Iterable[dict[str, Any]]) -> int:
    return sum(criterion["points"] for criterion in criteria)
