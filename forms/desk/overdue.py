"""Leads that nobody has answered in time."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from forms.desk.notices import notify
from forms.models import Lead
from forms.models.desk import Occasion

BATCH = 100


def late() -> Q:
    """Nobody has answered in time. Whatever is closed has been answered: see `forms.desk.statuses`."""
    return Q(due_at__lt=timezone.now(), responded_at=None)


def tell_overdue() -> int:
    """Tell receivers of each lead that has become overdue, once. Gives their number.

    Each lead is a transaction of its own: an interrupted run is finished by the next one.
    """
    untold = Lead.objects.filter(late(), overdue_notified_at=None)
    ids = list(untold.order_by("due_at").values_list("pk", flat=True)[:BATCH])
    return sum(tell(lead_id) for lead_id in ids)


@transaction.atomic
def tell(lead_id: int) -> bool:
    untold = Lead.objects.filter(pk=lead_id, overdue_notified_at=None)
    if not untold.update(overdue_notified_at=timezone.now()):
        return False
    lead = Lead.objects.with_relations().get(pk=lead_id)
    notify(lead, Occasion.OVERDUE, key=str(lead.pk))
    return True
