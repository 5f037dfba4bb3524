"""The way into the outbox: call it in the transaction of the event, and the message leaves if the event is stored."""

from dataclasses import dataclass, field
from typing import Any

from cms.outbox.models import Channel


@dataclass(frozen=True)
class Notice:
    """What a message says, before any channel gives it a form of its own. Frozen at the time of the event."""

    title: str
    # Label and value, for people. Chat robots get them as they are: mask what is personal.
    facts: list[tuple[str, str]] = field(default_factory=list)
    url: str = ""
    url_label: str = ""
    # For programs: what a webhook sends as `data`.
    data: dict[str, Any] = field(default_factory=dict)


def enqueue(
    channel: Channel, notice: Notice, *, event: str, subject: str = "", key: str = ""
) -> None:
    """Store a message to be sent.

    `event` is its type, such as "lead.created". `subject` says whose data it holds, such as "lead:12", so that
    `erase` finds it. A second message with the same `key` is the same message and is not stored again.
    """
