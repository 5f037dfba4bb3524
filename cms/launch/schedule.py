"""What editors have scheduled. Wagtail's `publish_scheduled` stops at the first failure; here the others go on."""

import logging
from collections.abc import Callable, Iterator
from functools import partial

from django.apps import apps
from django.db import transaction
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page, Revision

logger = logging.getLogger(__name__)


def apply_schedule() -> None:
    for description, apply in due_changes():
        try:
            with transaction.atomic():
                apply()
        except Exception:
            logger.exception("Scheduled change failed: %s", description)


def due_changes() -> Iterator[tuple[str, Callable[[], object]]]:
    now = timezone.now()
    for model in scheduled_models():
        for item in list(model.objects.filter(live=True, expire_at__lt=now)):
            unpublish = partial(
                item.unpublish,
                set_expired=True,
                log_action="wagtail.unpublish.scheduled",
            )
            yield f"unpublish {item._meta.label} {item.pk}", unpublish
    due = Revision.objects.filter(approved_go_live_at__lt=now)
    for revision in list(due.order_by("approved_go_live_at")):
        publish = partial(revision.publish, log_action="wagtail.publish.scheduled")
        yield f"publish revision {revision.pk}", publish


def scheduled_models() -> list[type[DraftStateMixin]]:
    """Page stands for all its page types."""
    return [Page] + [
        model
        for model in apps.get_models()
        if issubclass(model, DraftStateMixin) and not issubclass(model, Page)
    ]
