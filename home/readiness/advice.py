"""The result in words, in the language of whoever reads it: what each criterion found, what to add, what to reword."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from home.readiness.wording import CITY_CHAIN, PHONE, REPEATED_CITY, Warning

LABELS = {
    "phone": gettext_lazy("Own phone"),
    "address": gettext_lazy("Own address"),
    "people": gettext_lazy("Own people"),
    "articles": gettext_lazy("Local articles"),
    "blocks": gettext_lazy("Local blocks"),
    "share": gettext_lazy("Share of own text"),
}
PLACES = {
    "title": gettext_lazy("Title"),
    "seo_title": gettext_lazy("Title tag"),
    "intro": gettext_lazy("Introduction"),
    "body": gettext_lazy("Body"),
}


@dataclass(frozen=True)
class Line:
    """One criterion as an editor reads it. `advice` is empty when there is nothing to add."""

    label: str
    points: int
    max: int
    found: str
    advice: str


def explain(criteria: Iterable[dict[str, Any]]) -> list[Line]:
    return [
        Line(
            label=str(LABELS[each["code"]]),
            points=each["points"],
            max=each["max"],
            found=say_found(each["code"], each["found"]),
            advice=advise(each),
        )
        for each in criteria
        if each["code"] in LABELS
    ]


def say_found(code: str, found: float) -> str:
    if code == "share":
        return f"{percent(found)} %"
    if code in ("phone", "address"):
        return _("Yes") if found else _("Inherited")
    return str(int(found))


def advise(criterion: dict[str, Any]) -> str:
    """What an editor can do for the points that are missing."""
    if criterion["points"] >= criterion["max"]:
        return ""
    missing = max(1, int(criterion["enough"] - criterion["found"]))
    match criterion["code"]:
        case "phone":
            return _("Give the city a phone number of its own, in the city register.")
        case "address":
            return _("Give the city an address of its own, in the city register.")
        case "people":
            return _("Name the people whom visitors of this city talk to.")
        case "articles":
            return ngettext(
                "Publish %(count)d more article about this city.",
                "Publish %(count)d more articles about this city.",
                missing,
            ) % {"count": missing}
        case "blocks":
            return ngettext(
                "Add %(count)d more block to the body that only this city has.",
                "Add %(count)d more blocks to the body that only this city has.",
                missing,
            ) % {"count": missing}
        case _:
            return advise_on_share(criterion)


def advise_on_share(criterion: dict[str, Any]) -> str:
    message = _(
        "%(found)d %% of the text stands on no other city page, %(enough)d %% would do. "
        "Write what is true only here: clients, industries, offices, how a visit goes."
    )
    return message % {
        "found": percent(criterion["found"]),
        "enough": percent(criterion["enough"]),
    }


def percent(share: float) -> int:
    """Rounded down, so that nearly enough is not called enough."""
    return int(share * 100 + 1e-9)


def explain_warnings(warnings: Iterable[Warning]) -> list[str]:
    return [explain_warning(*warning) for warning in warnings]


def explain_warning(code: str, place: str, words: str) -> str:
    message = {
        REPEATED_CITY: _(
            "%(place)s: %(words)s occurs more than once. Name the city once."
        ),
        CITY_CHAIN: _(
            "%(place)s: a chain of cities (%(words)s). Name only the city of the page."
        ),
        PHONE: _(
            "%(place)s: a phone number (%(words)s). "
            "Leave it to the contact card, which stands on every page."
        ),
    }[code]
    return message % {"place": PLACES[place], "words": words}
