"""What happens in the transaction that stores a submission: who gets the lead, until when, and who is told."""

from django.utils import timezone

from forms.desk.assignment import assign_by_rule
from forms.desk.hours import add_working_minutes
from forms.desk.notices import notify
from forms.models import Lead, LeadSettings
from forms.models.desk import Occasion


def lead_arrived(lead: Lead) -> None:
    """A new lead, or one that was released from quarantine."""
    settings = LeadSettings.load()
    due = add_working_minutes(timezone.now(), settings.response_minutes, settings)
    Lead.objects.filter(pk=lead.pk).update(due_at=due)
    lead.due_at = due
    assign_by_rule(lead)
    notify(lead, Occasion.CREATED, key=str(lead.pk))


def touch_arrived(lead: Lead) -> None:
    """Somebody whose lead is open asks again."""
    notify(lead, Occasion.TOUCHED, key=f"{lead.pk}.{lead.touch_count}")
