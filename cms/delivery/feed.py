"""The log as consumers read it: what is published, in order, from any point on.

A consumer that has nothing begins without a cursor. It is given everything that is published now (the snapshot), and
then every change since the snapshot was begun. What it is told twice is the same both times.
"""

import re
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import Page

from cms.delivery.following import last_position
from cms.delivery.models import Change
from cms.delivery.publicity import Publicity
from cms.delivery.rows import snapshot
from cms.delivery.tags import is_of_drafts, object_tag

Action = Change.Action
CURSOR = r"^(s\d{1,18}\.\d{1,10}|p\d{1,18})$"
LOOK_SECONDS = 0.2


@dataclass(frozen=True)
class Item:
    type: str
    id: str
    locale: str
    action: str
    path_before: str | None
    path_after: str | None
    tags: list[str]
    time: datetime


@dataclass(frozen=True)
class Batch:
    items: list[Item]
    # Where to go on.
    cursor: str
    # Whether there is more already.
    more: bool


def read_feed(cursor: str, limit: int) -> Batch:
    """The next items after a cursor; an empty one begins."""
    if not cursor:
        return read_snapshot(last_position(), 0, limit)
    if cursor.startswith("s"):
        position, page_id = map(int, re.findall(r"\d+", cursor))
        return read_snapshot(position, page_id, limit)
    return read_changes(int(cursor[1:]), limit)


def wait_for_change(cursor: str, limit: int, seconds: float) -> Batch:
    """Like `read_feed`, but if there is nothing, wait so long for something."""
    deadline = time.monotonic() + seconds
    batch = read_feed(cursor, limit)
    while not batch.items and not batch.more and time.monotonic() < deadline:
        time.sleep(LOOK_SECONDS)
        if last_position() > int(re.findall(r"\d+", batch.cursor)[0]):
            batch = read_feed(batch.cursor, limit)
    return batch


def read_snapshot(position: int, after: int, limit: int) -> Batch:
    pages = Page.objects.filter(live=True, pk__gt=after, depth__gt=1).order_by("pk")
    ids = list(pages.values_list("pk", flat=True)[:limit])
    if not ids:
        return Batch([], f"p{position}", more=last_position() > position)
    publicity, now = Publicity(), timezone.now()
    items = []
    for pk, row in sorted(snapshot(Page, ids).items()):
        if publicity.shows(row):
            content_type = ContentType.objects.get_for_id(row.values["content_type_id"])
            model = content_type.model_class() or Page
            path, locale = publicity.path_of(row), publicity.locale_of(row)
            tags = [object_tag(Page, pk)]
            items.append(
                Item(
                    model._meta.label,
                    str(pk),
                    locale,
                    Action.PUBLISHED,
                    None,
                    path,
                    tags,
                    now,
                )
            )
    return Batch(items, f"s{position}.{ids[-1]}", more=True)


def read_changes(position: int, limit: int) -> Batch:
    # Before the rows: what comes later is left to the next time.
    end = last_position()
    changes = Change.objects.filter(
        is_public=True, position__gt=position, position__lte=end
    )
    found = list(changes.order_by("position")[:limit])
    hidden = hidden_pages(found)
    items = [as_item(change, is_hidden=change.object_id in hidden) for change in found]
    if len(found) == limit:
        return Batch(items, f"p{found[-1].position}", more=found[-1].position < end)
    return Batch(items, f"p{max(end, position)}", more=False)


def as_item(change: Change, *, is_hidden: bool) -> Item:
    """What has been withdrawn since is told of as that, without a word of what it was."""
    is_gone = change.action in (Action.UNPUBLISHED, Action.DELETED)
    action, before, after = change.action, change.path_before, change.path_after
    if is_hidden and is_page(change.type) and not is_gone:
        action, before, after = Action.UNPUBLISHED, "", ""
    return Item(
        type=change.type,
        id=change.object_id,
        locale=change.locale,
        action=action,
        path_before=before or None,
        path_after=after or None,
        # The others would tell of drafts.
        tags=[tag for tag in change.tags if not is_of_drafts(tag)],
        time=change.created_at,
    )


def hidden_pages(changes: Iterable[Change]) -> set[str]:
    """The ids of those pages that nobody may see any more."""
    ids = {change.object_id for change in changes if is_page(change.type)}
    if not ids:
        return set()
    publicity = Publicity()
    rows = snapshot(Page, [int(each) for each in ids])
    return ids - {str(pk) for pk, row in rows.items() if publicity.shows(row)}


@cache
def is_page(label: str) -> bool:
    try:
        model: Any = apps.get_model(label)
    except (LookupError, ValueError):
        return False
    return issubclass(model, Page)
