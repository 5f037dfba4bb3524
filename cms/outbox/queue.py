"""The way into the outbox, and what can be done with what is in it."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from cms.outbox.models import Channel, Delivery, Message
from cms.outbox.notices import Notice

__all__ = ["Notice", "enqueue", "enqueue_all", "erase", "find", "resend", "retry"]

State = Message.State
ERASED = "The content was erased before it was sent."


def enqueue(
    channel: Channel,
    notice: Notice,
    *,
    event: str,
    subject: str = "",
    key: str = "",
    delay: timedelta = timedelta(),
) -> None:
    """Store a message to be sent, not before `delay` is over. Called in the transaction of the event, it leaves if the
    event is stored.

    `event` is its type, such as "lead.created". `subject` says whose data it holds, such as "lead:12", so that
    `erase` finds it. A second message with the same `key` is the same message and is not stored again.
    """
    message = Message(
        channel=channel,
        event=event,
        subject=subject,
        key=key or None,
        payload=notice.to_json(),
        next_attempt_at=timezone.now() + delay,
    )
    Message.objects.bulk_create([message], ignore_conflicts=bool(key))


def enqueue_all(messages: Iterable[Message]) -> None:
    """The same for many at a time, each of which has a key."""
    Message.objects.bulk_create(messages, batch_size=100, ignore_conflicts=True)


def find(subject: str) -> QuerySet[Message]:
    """The messages that hold somebody's data."""
    return Message.objects.filter(subject=subject).select_related("channel")


def erase(subject: str) -> int:
    """Erase the content of all messages about a subject; what waits is not sent any more. Gives their number."""
    messages = Message.objects.filter(subject=subject)
    waiting = messages.exclude(state=State.SENT)
    waiting.update(state=State.DEAD, last_error=ERASED, lease=None)
    Delivery.objects.filter(messages__in=messages).update(answer="")
    return messages.update(payload={}, is_erased=True)


def retry(messages: QuerySet[Message]) -> int:
    """Send again what was given up, and nothing else. Gives the number of messages that wait now."""
    return put_back(messages.filter(state=State.DEAD))


def resend(messages: QuerySet[Message]) -> int:
    """Send again also what has been sent. Receivers of webhooks know it by its id, which stays the same."""
    return put_back(messages.filter(state__in=[State.SENT, State.DEAD]))


def put_back(messages: QuerySet[Message]) -> int:
    return messages.filter(is_erased=False).update(
        state=State.WAITING,
        attempts=0,
        next_attempt_at=timezone.now(),
        sent_at=None,
        last_error="",
    )


def counts(channels: Iterable[Channel]) -> list[dict[str, Any]]:
    """How things stand with each channel, for people who look after them."""
    rows = []
    for channel in channels:
        messages = channel.messages.all()
        oldest = messages.filter(state=State.WAITING).order_by("created_at").first()
        row: dict[str, Any] = {
            str(state): messages.filter(state=state).count() for state in State
        }
        rows.append({**row, "channel": channel, "oldest": oldest and oldest.created_at})
    return rows
