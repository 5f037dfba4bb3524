"""What is left of a lead when its time is over: figures without a person.

Kept are form, city, project, status, the times and the campaign. The company goes with the rest: many are named after
their owner.
"""

from typing import Any

from django.db import transaction
from django.utils import timezone

from cms.outbox.queue import erase
from forms.desk.statuses import record
from forms.models import Lead, LeadEvent

WITHOUT_A_PERSON: dict[str, Any] = {
    "name": "",
    "name_hash": "",
    "mobile": "",
    "mobile_hash": "",
    "landline": "",
    "landline_hash": "",
    "landline_extension": "",
    "company": "",
    "answers": [],
    "lost_reason": "",
    # Nobody can be called any more.
    "due_at": None,
}


@transaction.atomic
def anonymise(lead: Lead, user: Any = None) -> bool:
    """Erase the person from a lead, its touches, its history, its messages and what they have written with requests.
    False under legal hold, or when it has been done already."""
    leads = Lead.objects.select_for_update().filter(pk=lead.pk)
    now = timezone.now()
    if not leads.filter(is_held=False, anonymised_at=None).update(
        **WITHOUT_A_PERSON, anonymised_at=now
    ):
        return False
    # A repeat under an old key must not find what is gone.
    lead.touches.update(
        answers=[], page_url="", referrer="", body_hash="", idempotency_key=None
    )
    lead.events.update(text="")
    lead.requests.update(message="")
    erase(lead.subject)
    record(lead, LeadEvent.Kind.ERASURE, user)
    return True
