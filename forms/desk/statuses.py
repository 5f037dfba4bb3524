"""What becomes of a lead: from one status to the next, by whom, and when. The one front door for it."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from forms.models import Lead, LeadEvent
from forms.models.leads import OPEN_STATUSES, Status

CLOSED = [Status.WON, Status.LOST, Status.INVALID, Status.SPAM]
# Leads move on and back as people do; what is closed, spam apart, can be opened again.
NEXT: dict[str, list[Status]] = {
    Status.NEW: [Status.CLAIMED, Status.CONTACTED, Status.INVALID, Status.SPAM],
    Status.CLAIMED: [
        *(Status.NEW, Status.CONTACTED, Status.LOST, Status.INVALID, Status.SPAM)
    ],
    Status.CONTACTED: [Status.QUALIFIED, Status.QUOTED, *CLOSED],
    Status.QUALIFIED: [Status.CONTACTED, Status.QUOTED, *CLOSED],
    Status.QUOTED: [Status.QUALIFIED, *CLOSED],
    Status.WON: [Status.QUOTED],
    Status.LOST: [Status.CONTACTED, Status.QUALIFIED, Status.QUOTED],
    Status.INVALID: [Status.NEW],
    # Out of spam a lead is released, so that it arrives: see `forms.spam.quarantine`.
    Status.SPAM: [],
}
# Nobody has answered yet: the clock of the first response runs.
WAITING = {Status.NEW, Status.CLAIMED}


class EditConflict(Exception):
    """The lead has been changed since the user has seen it."""


class WrongTransition(Exception):
    """There is no way from the lead's status to the other one."""


def record(
    lead: Lead,
    kind: str,
    user: Any,
    *,
    before: str = "",
    after: str = "",
    text: str = "",
) -> LeadEvent:
    name = (user.get_full_name() or user.get_username()) if user else ""
    return LeadEvent.objects.create(
        lead=lead,
        kind=kind,
        actor=user,
        actor_name=name,
        before=before,
        after=after,
        text=text,
    )


@transaction.atomic
def change(lead: Lead, version: int, **values: Any) -> None:
    """Write columns of a lead that is still as the user has seen it. Raises EditConflict."""
    seen = Lead.objects.filter(pk=lead.pk, version=version)
    if not seen.update(**values, version=F("version") + 1):
        raise EditConflict
    lead.refresh_from_db()


@transaction.atomic
def change_status(
    lead: Lead, to: str, user: Any, *, version: int, reason: str = ""
) -> None:
    """Move a lead to another status. `reason` says why it was lost. Raises EditConflict and WrongTransition."""
    before = lead.status
    if to not in NEXT[before] or (to == Status.LOST and not reason.strip()):
        raise WrongTransition
    values: dict[str, Any] = {"status": to, "lost_reason": reason}
    if to in WAITING:
        values["responded_at"] = None
    elif not lead.responded_at:
        values["responded_at"] = timezone.now()
    if to in OPEN_STATUSES and to != Status.NEW and not lead.assignee_id:
        values["assignee"] = user
    change(lead, version, **values)
    record(lead, LeadEvent.Kind.STATUS, user, before=before, after=to, text=reason)


@transaction.atomic
def assign(lead: Lead, assignee: Any, user: Any, *, version: int) -> None:
    """Give a lead to somebody, or with None to nobody. Raises EditConflict."""
    before = str(lead.assignee or "")
    change(lead, version, assignee=assignee)
    after = str(assignee or "")
    record(lead, LeadEvent.Kind.ASSIGNMENT, user, before=before, after=after)


def add_note(lead: Lead, text: str, user: Any) -> LeadEvent:
    """Two people may write notes at one time: no version is asked for."""
    return record(lead, LeadEvent.Kind.NOTE, user, text=text)


@transaction.atomic
def set_hold(
    lead: Lead, is_held: bool, user: Any, *, version: int, reason: str
) -> None:
    """Keep a lead from being erased, or no longer. Raises EditConflict."""
    change(lead, version, is_held=is_held)
    after = "on" if is_held else "off"
    record(lead, LeadEvent.Kind.HOLD, user, after=after, text=reason)
