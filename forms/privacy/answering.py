"""How a request for personal data is answered: by whom, when, and with what proof. The one front door for it."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from cms.outbox.queue import find
from forms.desk.statuses import record
from forms.models import DataRequest, Lead, LeadEvent
from forms.privacy.correction import correct_lead
from forms.privacy.erasure import anonymise
from forms.privacy.reading import record_copy
from forms.privacy.subject import consents_of, describe_person, leads_of
from forms.purposes import Purpose

State = DataRequest.State


class AlreadyAnswered(Exception):
    """Somebody else has answered the request meanwhile."""


class UnderHold(Exception):
    """Some of the leads are under legal hold: nothing was erased."""


def close(
    request: DataRequest,
    state: str,
    user: Any,
    *,
    answer: str = "",
    proof: dict[str, int] | None = None,
) -> None:
    """Write the answer down, once. What the person has written goes, as it is no longer needed."""
    name = (user.get_full_name() or user.get_username()) if user else ""
    answered = DataRequest.objects.filter(pk=request.pk, state=State.OPEN).update(
        state=state,
        answer=answer,
        proof=proof or {},
        message="",
        answered_at=timezone.now(),
        answered_by=user,
        answered_by_name=name,
    )
    if not answered:
        raise AlreadyAnswered
    request.refresh_from_db()


@transaction.atomic
def give_copy(request: DataRequest, user: Any) -> list[dict[str, Any]]:
    """Everything that is kept of the person, for them to have. That somebody has read it is kept."""
    leads = leads_of(request)
    for lead in leads:
        record_copy(lead, user, reason=f"DataRequest {request.number}")
    return describe_person(leads)


@transaction.atomic
def correct(request: DataRequest, values: dict[str, str], user: Any) -> None:
    """Put other values into all leads of the person: see `correct_lead`."""
    leads = leads_of(request)
    for lead in leads:
        correct_lead(lead, values, user)
    close(request, State.DONE, user, proof={"leads": len(leads)})


@transaction.atomic
def erase_person(request: DataRequest, user: Any) -> None:
    """Erase the person from all their leads. Raises UnderHold, and then nothing is erased."""
    leads = leads_of(request)
    if any(lead.is_held for lead in leads):
        raise UnderHold
    proof = count_kept(leads)
    if not all(anonymise(lead, user) for lead in leads):
        raise UnderHold
    close(request, State.DONE, user, proof=proof)


def count_kept(leads: list[Lead]) -> dict[str, int]:
    """What there is of the person, in figures."""
    return {
        "leads": len(leads),
        "submissions": sum(lead.touches.count() for lead in leads),
        "notes": sum(bool(event.text) for lead in leads for event in lead.events.all()),
        "messages": sum(find(lead.subject).count() for lead in leads),
    }


@transaction.atomic
def withdraw(request: DataRequest, user: Any = None) -> None:
    """End all consents to advertising."""
    leads = leads_of(request)
    given = consents_of(leads).filter(is_given=True, withdrawn_at=None)
    consents = given.filter(text__purpose=Purpose.MARKETING)
    concerned = set(consents.values_list("touch__lead", flat=True))
    number = consents.order_by().update(withdrawn_at=timezone.now())
    for lead in leads:
        if lead.pk in concerned:
            record(lead, LeadEvent.Kind.WITHDRAWAL, user)
    close(request, State.DONE, user, proof={"consents": number})


def finish(request: DataRequest, state: str, answer: str, user: Any) -> None:
    """Say that it is done, or why it is not. The person reads the answer."""
    close(request, state, user, answer=answer)
