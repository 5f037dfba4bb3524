"""Leads that were kept back: nobody was told of them, and nobody deletes them unseen."""

from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from forms.desk.arrival import lead_arrived
from forms.desk.statuses import record
from forms.models import Lead, LeadEvent
from forms.models.leads import Status


def unseen_quarantine() -> QuerySet[Lead]:
    return Lead.objects.filter(quarantined_at__isnull=False, quarantine_seen_at=None)


def see(lead: Lead) -> None:
    """Somebody looks at the lead."""
    if lead.quarantined_at and not lead.quarantine_seen_at:
        lead.quarantine_seen_at = timezone.now()
        lead.save(update_fields=["quarantine_seen_at"])


@transaction.atomic
def release(lead: Lead, user: Any) -> bool:
    """It was no spam: let it arrive, as if it had come now. False when somebody has released it already."""
    waiting = Lead.objects.filter(pk=lead.pk, status=Status.SPAM)
    if not waiting.update(
        status=Status.NEW,
        quarantined_at=None,
        responded_at=None,
        version=F("version") + 1,
    ):
        return False
    was_told = lead.quarantined_at is None
    lead.refresh_from_db()
    record(lead, LeadEvent.Kind.STATUS, user, before=Status.SPAM, after=Status.NEW)
    if not was_told:
        lead_arrived(lead)
    return True
