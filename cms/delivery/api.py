"""`changes/`: how a consumer stays in sync."""

import threading
from datetime import datetime
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema

from cms.delivery.feed import CURSOR, Batch, read_feed, wait_for_change

router = Router(tags=["changes"])

# A request that waits keeps a thread from everybody else: so many may at a time in each process.
waiting = threading.Semaphore(1)
LONGEST_WAIT = 25


class ChangeSchema(Schema):
    type: str = Field(examples=["articles.ArticlePage"])
    id: str
    locale: str = Field(description="Empty: of no language.")
    action: str = Field(
        description="`published`, `updated` and `moved`: read it again. `unpublished` and `deleted`: drop it."
    )
    path_before: str | None
    path_after: str | None
    tags: list[str] = Field(
        description="What has changed, in the words of the `Surrogate-Key` or `Cache-Tag` of answers."
    )
    time: datetime


class ChangesSchema(Schema):
    items: list[ChangeSchema]
    cursor: str = Field(
        description="Give it as `after` the next time. It never expires."
    )
    more: bool = Field(description="Whether there is more already.")


class ChangesParameters(Schema):
    after: Annotated[
        str, Field(pattern=rf"{CURSOR}|^$", description="Empty: from the beginning.")
    ] = ""
    limit: int = Field(100, ge=1, le=500, description="How many items to answer with.")
    wait: int = Field(
        0,
        ge=0,
        le=LONGEST_WAIT,
        description="Seconds to wait for a change if there is none. Who cannot be kept waiting is answered at once.",
    )


@router.get(
    "/",
    response=ChangesSchema,
    url_name="list_changes",
    operation_id="changes_list",
    summary="What has changed",
)
def list_changes(
    request: HttpRequest, response: HttpResponse, parameters: Query[ChangesParameters]
) -> Batch:
    """All that is published, and then every change of it in order: who has read everything has exactly what is
    published. Items may come twice. Nothing is told of drafts and of pages that not everybody may see."""
    response["Cache-Control"] = "no-store"
    if parameters.wait and waiting.acquire(blocking=False):
        try:
            return wait_for_change(parameters.after, parameters.limit, parameters.wait)
        finally:
            waiting.release()
    return read_feed(parameters.after, parameters.limit)
