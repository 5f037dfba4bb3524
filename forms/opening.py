"""When a form takes submissions."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _


class FormClosed(Exception):
    """Nothing was stored: the form is not open yet, or no longer. The message is for the visitor."""


def is_between(opens_at: datetime | None, closes_at: datetime | None) -> bool:
    now = timezone.now()
    return (opens_at is None or opens_at <= now) and (
        closes_at is None or now < closes_at
    )


def require_open(form_page: Any) -> None:
    if not form_page.is_open:
        message = form_page.closed_text or _("This form takes no submissions now.")
        raise FormClosed(message)


def seconds_until(*moments: datetime | None) -> int | None:
    """The time to the next of these moments, if one is still to come."""
    now = timezone.now()
    coming = [moment for moment in moments if moment and moment > now]
    return int((min(coming) - now).total_seconds()) if coming else None
