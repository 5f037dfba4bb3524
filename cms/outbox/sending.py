"""Sending what waits, one parcel at a time: take it, send it, write down what came of it.

Taking and writing down are short transactions of their own; nothing is locked while something is on its way.
"""

import logging
import time
import uuid
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from cms.outbox import backoff
from cms.outbox.channels import get_sender
from cms.outbox.channels.base import Parcel, Sender
from cms.outbox.models import Channel, Delivery, Message
from cms.outbox.outcomes import Outcome, Result

logger = logging.getLogger(__name__)
State = Message.State

# Longer than anything may take: a worker that has not finished by then has died.
LEASE = timedelta(minutes=2)
LONGEST_ERROR = 500


def send_next(channel_id: int) -> bool:
    """Send what is next for a channel, if anything is due and its budget allows. Says whether something was sent."""
    taken = take(channel_id)
    if taken is None:
        return False
    sender, parcel, delivery = taken
    started = time.monotonic()
    outcome = attempt(sender, parcel)
    record(parcel, delivery, outcome, time.monotonic() - started)
    return True


def attempt(sender: Sender, parcel: Parcel) -> Outcome:
    try:
        return sender.send(parcel)
    except Exception as error:  # noqa: BLE001 (the others must go on)
        # Neither message nor arguments of the error: they may hold what was to be sent.
        logger.error("Sending failed unexpectedly: %s", type(error).__name__)
        return Outcome(Result.FAILED, type(error).__name__)


@transaction.atomic
def take(channel_id: int) -> tuple[Sender, Parcel, Delivery] | None:
    """Lease the channel's due messages, and count the delivery against its budget before it is made.

    The channel's row is locked meanwhile, so that all workers together keep to the budget.
    """
    now = timezone.now()
    channel = lock(channel_id)
    if channel is None:
        return None
    forgive_clock(channel, now)
    sender = get_sender(channel)
    if (channel.paused_until or now) > now or is_spent(sender, now):
        return None
    messages = find_due(sender, now)
    if not messages:
        return None
    lease = uuid.uuid4()
    for message in messages:
        message.lease = lease
    Message.objects.filter(pk__in=[message.pk for message in messages]).update(
        state=State.SENDING,
        lease=lease,
        lease_until=now + LEASE,
        attempts=F("attempts") + 1,
    )
    delivery = Delivery.objects.create(channel=channel, started_at=now)
    delivery.messages.set(messages)
    return sender, Parcel(messages), delivery


def lock(channel_id: int) -> Channel | None:
    """The channel's row. One that another worker holds is left to it."""
    channels = Channel.objects.filter(pk=channel_id, is_active=True)
    if connection.features.has_select_for_update_skip_locked:
        channels = channels.select_for_update(skip_locked=True)
    return channels.first()


def due(now: datetime) -> Q:
    """Messages whose time has come, and those of a worker that died while it was sending."""
    waiting = Q(state=State.WAITING, next_attempt_at__lte=now)
    return waiting | Q(state=State.SENDING, lease_until__lt=now)


def find_due(sender: Sender, now: datetime) -> list[Message]:
    messages = sender.channel.messages.filter(due(now))
    messages = messages.order_by("next_attempt_at", "created_at")
    found = list(messages[: max(sender.largest_digest, 1)])
    # A few are sent one by one; many at once would fill a chat, and use up the budget.
    if sender.largest_digest > 1 and len(found) > sender.digest_from:
        return found
    return found[:1]


def is_spent(sender: Sender, now: datetime) -> bool:
    """Whether one more delivery would be too many for any of the channel's budgets."""
    deliveries = sender.channel.deliveries
    return any(
        deliveries.filter(
            started_at__gt=now - timedelta(seconds=budget.seconds)
        ).count()
        >= budget.deliveries
        for budget in sender.budgets
    )


def forgive_clock(channel: Channel, now: datetime) -> None:
    """Times that lie too far ahead were written before the clock was put back: they count as now, so that nothing waits
    for the old time to come again. What was sent stays sent: no time is asked about it."""
    channel.deliveries.filter(started_at__gt=now).update(started_at=now)
    ahead = channel.messages.exclude(state__in=[State.SENT, State.DEAD])
    ahead.filter(next_attempt_at__gt=now + backoff.LONGEST).update(next_attempt_at=now)
    ahead.filter(lease_until__gt=now + LEASE).update(lease_until=now + LEASE)
    if channel.paused_until and channel.paused_until > now + timedelta(hours=1):
        channel.paused_until = now


@transaction.atomic
def record(
    parcel: Parcel, delivery: Delivery, outcome: Outcome, seconds: float
) -> None:
    Delivery.objects.filter(pk=delivery.pk).update(
        seconds=seconds, is_success=outcome.is_success, answer=outcome.answer
    )
    for message in parcel.messages:
        record_message(message, outcome)
    record_channel(delivery.channel_id, outcome)


def record_message(message: Message, outcome: Outcome) -> None:
    """Only with the lease that it was sent under: if it has run out, somebody else has the message by now."""
    mine = Message.objects.filter(pk=message.pk, lease=message.lease)
    now = timezone.now()
    error = outcome.answer[:LONGEST_ERROR]
    if outcome.is_success:
        # Confirmed is confirmed, even if the lease has run out meanwhile.
        mine = Message.objects.filter(pk=message.pk).exclude(is_erased=True)
        mine.update(state=State.SENT, sent_at=now, last_error="", lease=None)
    elif outcome.result == Result.LIMITED:
        mine.update(
            state=State.WAITING,
            attempts=F("attempts") - 1,
            next_attempt_at=now,
            last_error=error,
            lease=None,
        )
    else:
        delay = backoff.delay_after(message.attempts + 1)
        gives_up = outcome.result == Result.REFUSED or delay is None
        mine.update(
            state=State.DEAD if gives_up else State.WAITING,
            next_attempt_at=now + (delay or timedelta()),
            last_error=error,
            lease=None,
        )


def record_channel(channel_id: int, outcome: Outcome) -> None:
    channels = Channel.objects.filter(pk=channel_id)
    now = timezone.now()
    if outcome.result == Result.LIMITED:
        channels.update(paused_until=now + outcome.wait)
    elif outcome.result == Result.FAILED:
        channels.update(failures_in_a_row=F("failures_in_a_row") + 1)
        failures = channels.values_list("failures_in_a_row", flat=True)[0]
        channels.update(paused_until=now + backoff.pause_after(failures))
    else:
        channels.update(failures_in_a_row=0, paused_until=None)
