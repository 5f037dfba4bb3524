"""How a request for personal data comes in. The one front door for it."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_variables

from forms.desk.notices import notify
from forms.models import DataRequest, Lead
from forms.models.desk import Occasion
from forms.privacy.answering import withdraw
from forms.privacy.subject import find_by_receipt

Kind = DataRequest.Kind


NOBODY = gettext_lazy(
    "We keep nothing under this receipt with this number. Check both; if your data was erased, there is nothing left "
    "to ask for."
)


class NoSuchPerson(Exception):
    """The receipt and the number do not belong together, or nothing is kept of them."""


@dataclass(frozen=True)
class Asked:
    """What a person has filled in."""

    receipt: str
    phone: str
    kind: str
    message: str = ""


@sensitive_variables()
def find_waiting(lead: Lead, covers_number: bool, asked: Asked) -> DataRequest | None:
    """The same request, which nobody has answered yet. With something else to say it is another one."""
    requests = lead.requests.filter(
        state=DataRequest.State.OPEN, kind=asked.kind, covers_number=covers_number
    )
    same = (each for each in requests if asked.message in ("", each.message))
    return next(same, None)


@sensitive_variables()
@transaction.atomic
def ask(asked: Asked) -> DataRequest:
    """Store a request, and tell those who answer it. Raises NoSuchPerson.

    Asking again while the same request is open finds it. Advertising ends at once, as easily as it was agreed to
    (Personal Information Protection Law, articles 15 and 24); what shows or changes data waits for somebody who
    makes sure that it is the person.
    """
    found = find_by_receipt(asked.receipt, asked.phone)
    if found is None:
        raise NoSuchPerson
    lead, covers_number = found
    if waiting := find_waiting(lead, covers_number, asked):
        return waiting
    request = DataRequest.objects.create(
        kind=asked.kind,
        lead=lead,
        receipt=asked.receipt,
        covers_number=covers_number,
        language=translation.get_language(),
        message=asked.message,
    )
    if request.kind == Kind.WITHDRAWAL:
        withdraw(request)
    else:
        notify(lead, Occasion.REQUESTED, key=request.number)
    return request
