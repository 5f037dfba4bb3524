"""The work of one request, told line by line in newline-delimited JSON while it is done."""

import json
import logging
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from wagtail.log_actions import LogContext

from home.bulk.order import Order
from home.bulk.plan import make_plan
from home.bulk.report import write_report
from home.bulk.work import Progress, StepFailed, carry_out
from home.models import CityIndexPage

logger = logging.getLogger(__name__)

# More lines than a progress bar has pixels would only wait for a slow reader, with the transaction open.
MOST_LINES = 100


Event = dict[str, Any]


class PlanHasChanged(Exception):
    """Something was edited since the editor looked at the plan."""


def stream_work(order: Order, digest: str, request: HttpRequest) -> Generator[bytes]:
    """Everything or nothing: a browser that goes away closes the iterator, which rolls back."""
    context = LogContext(user=request.user)
    events = tell(order, digest, request, context.uuid)
    # Asked now: when the lines are read, Wagtail's view has left its language and its log context.
    return stream_lines(events, context, get_language())


def stream_lines(
    events: Generator[Event], context: LogContext, language: str | None
) -> Generator[bytes]:
    """Language and log context are those of the work, and back to what they were whenever a line leaves."""
    with closing(events):
        while True:
            with override(language), context:
                event = next(events, None)
            if event is None:
                return
            yield json.dumps(event, ensure_ascii=False).encode() + b"\n"


def tell(
    order: Order, digest: str, request: HttpRequest, uuid: UUID
) -> Generator[Event]:
    """The events of the work. A failure becomes the last one: by then everything is rolled back."""
    try:
        yield from work(order, digest, request, uuid)
    except PlanHasChanged:
        yield failure(
            _("Somebody has changed these pages meanwhile. Look at the preview again.")
        )
    except PermissionDenied:
        yield failure(_("You may not do all of this."))
    except StepFailed as error:
        yield failure(str(error))
    except Exception:
        # The headers are sent: this line is all that can still tell the editor.
        logger.exception("Bulk work on city pages failed")
        yield failure(_("An error occurred."))
    else:
        yield {"report": reverse("city_pages_in_bulk:report", args=[uuid])}


def work(
    order: Order, digest: str, request: HttpRequest, uuid: UUID
) -> Iterator[Event]:
    with transaction.atomic():
        # Two editors who create pages in one list take turns.
        index = CityIndexPage.objects.select_for_update().get(pk=order.index.pk)
        plan = make_plan(replace(order, index=index), request.user)
        if plan.digest != digest:
            raise PlanHasChanged
        for progress in carry_out(plan, request):
            if is_told(progress):
                yield progress._asdict()
        write_report(plan, request.user, uuid)


def is_told(progress: Progress) -> bool:
    percent, before = (
        MOST_LINES * done // progress.total
        for done in (progress.done, progress.done - 1)
    )
    return percent != before


def failure(reason: str) -> Event:
    nothing_changed = _("Nothing was changed.")
    return {"error": f"{reason} {nothing_changed}"}
