"""What happens in the transaction that stores a submission: who gets the lead, by when, and who is told."""

from forms.models import Lead, Touch


def lead_arrived(lead: Lead) -> None:
    """A new lead, or one that was released from quarantine: set its due time, assign it, and tell its receivers."""


def touch_arrived(lead: Lead, touch: Touch) -> None:
    """Somebody whose lead is open asks again: tell its receivers."""
