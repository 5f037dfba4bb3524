"""What happens at its time: what editors have scheduled, and the commands in SCHEDULED_COMMANDS. A failure stops
nothing else; Wagtail's own `publish_scheduled` stops at the first."""

import logging
import time
from collections.abc import Callable, Iterator
from functools import partial
from io import StringIO

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page, Revision

logger = logging.getLogger(__name__)


class Clockwork:
    """Runs commands every so many seconds. All of them are safe to run twice, so that nothing is remembered between
    starts."""

    def __init__(self) -> None:
        self.last_runs: dict[str, float] = {}

    def run_due(self) -> None:
        for name, seconds in settings.SCHEDULED_COMMANDS.items():
            last = self.last_runs.get(name)
            if last is None or time.monotonic() - last >= seconds:
                self.last_runs[name] = time.monotonic()
                self.run(name)

    def run(self, name: str) -> None:
        try:
            call_command(name, stdout=StringIO())
        except Exception:
            logger.exception("Scheduled command failed: %s", name)


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
