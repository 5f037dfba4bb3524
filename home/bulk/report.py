"""What a piece of bulk work did, as an entry in the log of its city list: it can be read as long as Wagtail keeps logs.

The entries of the single pages carry the same UUID, so that the report needs no table of its own.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.log_actions import LogActionRegistry, LogFormatter, log
from wagtail.models import Page, PageLogEntry

from cms.users.models import User
from home.bulk.facts import Change
from home.bulk.order import Action
from home.bulk.plan import Plan
from home.models import CityIndexPage, CityPage

ACTION = "home.city_pages_in_bulk"
# What Wagtail logs for each page that the work was about.
PAGE_ACTIONS = {
    Action.CREATE: ("wagtail.create",),
    Action.PUBLISH: ("wagtail.publish", "wagtail.publish.schedule"),
    Action.UNPUBLISH: ("wagtail.unpublish",),
}


@dataclass(frozen=True)
class DonePage:
    """A page that was worked on. `pk` is None if it was deleted since; the log keeps its title."""

    title: str
    pk: int | None


def write_report(plan: Plan, user: User, uuid: UUID) -> None:
    data = {
        "action": plan.order.action.value,
        "done": len(plan.steps),
        "problems": [asdict(each) for each in plan.selection.problems],
        "wrong_cells": [asdict(each) for each in plan.selection.wrong_cells],
        "changes": [change_data(each) for each in plan.changes],
        "refused_changes": [change_data(each) for each in plan.refused_changes],
        "left_out": [
            {"city": str(each.city), "reason": each.reason} for each in plan.left_out
        ],
    }
    log(instance=plan.order.index, action=ACTION, user=user, uuid=uuid, data=data)


def change_data(change: Change) -> dict[str, str]:
    return {
        "city": str(change.city),
        "label": change.label,
        "old": change.old,
        "new": change.new,
    }


def find_report(uuid: UUID) -> QuerySet[PageLogEntry]:
    return PageLogEntry.objects.filter(uuid=uuid, action=ACTION)


def find_pages(report: PageLogEntry) -> list[DonePage]:
    entries = page_entries(report).order_by("pk").values_list("page_id", "label")
    existing = set(
        Page.objects.filter(pk__in=[pk for pk, _title in entries]).values_list(
            "pk", flat=True
        )
    )
    return [DonePage(title, pk if pk in existing else None) for pk, title in entries]


def find_cities(report: PageLogEntry) -> list[str]:
    """The names of the cities whose pages were created, published or unpublished, and are still there."""
    pages = CityPage.objects.filter(pk__in=page_entries(report).values("page_id"))
    return list(pages.order_by("path").values_list("city__name", flat=True))


def page_entries(report: PageLogEntry) -> QuerySet[PageLogEntry]:
    actions = PAGE_ACTIONS[Action(report.data["action"])]
    return PageLogEntry.objects.filter(uuid=report.uuid, action__in=actions)


def find_recent(lists: Sequence[CityIndexPage]) -> QuerySet[PageLogEntry]:
    """The last reports of some city lists, newest first."""
    reports = PageLogEntry.objects.filter(action=ACTION, page__in=lists)
    return reports.select_related("user").order_by("-timestamp", "-pk")[:5]


def headline(report: PageLogEntry) -> str:
    """40 pages created; what was changed in the register, where it was only that."""
    done, changes = report.data["done"], len(report.data["changes"])
    if changes and not done:
        text = ngettext(
            "%(count)d value of the register changed",
            "%(count)d values of the register changed",
            changes,
        )
        return text % {"count": changes}
    return count_pages(Action(report.data["action"]), done)


def count_pages(action: Action, count: int) -> str:
    match action:
        case Action.CREATE:
            text = ngettext("%(count)d page created", "%(count)d pages created", count)
        case Action.PUBLISH:
            text = ngettext(
                "%(count)d page published", "%(count)d pages published", count
            )
        case Action.UNPUBLISH:
            text = ngettext(
                "%(count)d page unpublished", "%(count)d pages unpublished", count
            )
    return text % {"count": count}


class BulkWorkFormatter(LogFormatter):
    label = gettext_lazy("City pages in bulk")

    def format_message(self, log_entry: PageLogEntry) -> str:
        return _("City pages in bulk: %(done)s") % {"done": headline(log_entry)}


def register(actions: LogActionRegistry) -> None:
    actions.register_action(ACTION)(BulkWorkFormatter)
