from typing import Any

from django.db.models.signals import post_delete
from django.dispatch import receiver

from cms.outbox.queue import erase
from forms.models import Lead


@receiver(post_delete, sender=Lead)
def erase_messages(instance: Lead, **kwargs: Any) -> None:
    """What was said about a lead goes with it."""
    erase(instance.subject)
