"""The log of who has read personal data, and why."""

from typing import Any

from forms.models import Lead, PersonalDataRead

Kind = PersonalDataRead.Kind


def record_reveal(lead: Lead, user: Any, reason: str) -> None:
    record_one(Kind.REVEAL, lead, user, reason)


def record_copy(lead: Lead, user: Any, reason: str) -> None:
    """A copy for the person themselves. Without a user it was made at the command line."""
    record_one(Kind.COPY, lead, user, reason)


def record_one(kind: str, lead: Lead, user: Any, reason: str) -> None:
    PersonalDataRead.objects.create(
        kind=kind,
        user=user,
        user_name=(user.get_full_name() or user.get_username()) if user else "",
        lead=lead,
        receipt=lead.receipt,
        reason=reason,
    )


def record_export(
    user: Any, reason: str, count: int, selection: dict[str, str]
) -> None:
    PersonalDataRead.objects.create(
        kind=Kind.EXPORT,
        user=user,
        user_name=user.get_full_name() or user.get_username(),
        reason=reason,
        lead_count=count,
        selection=selection,
    )
