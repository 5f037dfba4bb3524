"""Telling content webhooks what has changed: one message for each of them and change."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from cms.delivery.dispatching import BATCH, follow
from cms.delivery.feed import Item, as_item, hidden_pages, is_page
from cms.delivery.models import Change, ContentWebhook
from cms.outbox.models import Message
from cms.outbox.notices import Notice
from cms.outbox.queue import enqueue_all, resend

GONE = {Change.Action.UNPUBLISHED, Change.Action.DELETED}


def feed_webhooks() -> None:
    follow("webhooks", enqueue_events)


def enqueue_events(changes: list[Change]) -> None:
    active = ContentWebhook.objects.filter(is_active=True).select_related("channel")
    items = public_items(changes) if active else []
    enqueue_all(
        build_message(webhook, position, item)
        for webhook in active
        for position, item in items
        if webhook.wants(item.action, item.type)
    )


def public_items(changes: Iterable[Change]) -> list[tuple[int, Item]]:
    """What the public may know, as the feed tells it. Of a page that has been withdrawn since, only that is told."""
    public = [change for change in changes if change.is_public]
    hidden = hidden_pages(public)
    return [
        (each.position, as_item(each, is_hidden=False))
        for each in public
        if each.action in GONE or not (is_page(each.type) and each.object_id in hidden)
    ]


def build_message(webhook: ContentWebhook, position: int, item: Item) -> Message:
    return Message(
        channel=webhook.channel,
        event=f"content.{item.action}",
        key=key_of(webhook, position),
        payload=build_notice(position, item).to_json(),
    )


def key_of(webhook: ContentWebhook, position: int) -> str:
    return f"webhook:{webhook.pk}:{position}"


def build_notice(position: int, item: Item) -> Notice:
    with translation.override(settings.LANGUAGE_CODE):
        title = f"{Change.Action(item.action).label} · {item.type} {item.id}"
        facts = [
            (_("Path before"), item.path_before or ""),
            (_("Path after"), item.path_after or ""),
            (_("Position in the log"), str(position)),
        ]
    return Notice(title=title, facts=facts, data=data_of(position, item))


def data_of(position: int, item: Item) -> dict[str, Any]:
    return {
        "position": position,
        "type": item.type,
        "id": item.id,
        "locale": item.locale,
        "action": str(item.action),
        "path_before": item.path_before,
        "path_after": item.path_after,
        # Those that answers carry: a front end that has tagged what it fetched revalidates these.
        "tags": item.tags,
        "time": item.time.isoformat(),
    }


def replay(
    webhook: ContentWebhook, *, after: int = 0, since: datetime | None = None
) -> int:
    """Send again what the webhook wants of the log, after a position or since a time. Gives the number of messages.

    What it has been sent before comes under its old id, so that a receiver can tell. What is on its way stays there.
    """
    changes = Change.objects.filter(is_public=True, position__gt=after)
    if since is not None:
        changes = changes.filter(created_at__gte=since)
    found = changes.order_by("position").iterator(BATCH)
    return sum(replay_batch(webhook, batch) for batch in batches(found))


def batches(changes: Iterator[Change]) -> Iterator[list[Change]]:
    while batch := list(islice(changes, BATCH)):
        yield batch


@transaction.atomic
def replay_batch(webhook: ContentWebhook, changes: list[Change]) -> int:
    wanted = [
        (position, item)
        for position, item in public_items(changes)
        if webhook.wants(item.action, item.type)
    ]
    keys = {position: key_of(webhook, position) for position, _item in wanted}
    known = Message.objects.filter(key__in=keys.values())
    stored = set(known.values_list("key", flat=True))
    missing = [each for each in wanted if keys[each[0]] not in stored]
    enqueue_all(build_message(webhook, position, item) for position, item in missing)
    return resend(known.filter(key__in=stored)) + len(missing)
