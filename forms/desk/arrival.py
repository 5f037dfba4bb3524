"""What happens in the transaction that stores a submission: who is told of the lead."""

from forms.desk.notices import notify
from forms.models import Lead
from forms.models.desk import NotificationRule

Event = NotificationRule.Event


def lead_arrived(lead: Lead) -> None:
    """A new lead, or one that was released from quarantine."""
    notify(lead, Event.CREATED, key=str(lead.pk))


def touch_arrived(lead: Lead) -> None:
    """Somebody whose lead is open asks again."""
    notify(lead, Event.TOUCHED, key=f"{lead.pk}.{lead.touch_count}")
