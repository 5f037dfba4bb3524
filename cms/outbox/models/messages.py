import uuid
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.encryption.fields import EncryptedJSONField
from cms.outbox.models.channels import Channel


class Message(models.Model):
    """Something to be sent through one channel. Its payload is what it was at the time of the event."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        DEAD = "dead", _("Given up")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    channel = models.ForeignKey(
        Channel,
        verbose_name=_("channel"),
        on_delete=models.PROTECT,
        related_name="messages",
    )
    event = models.CharField(_("event"), max_length=60)
    # Whose data it holds, so that it can be erased.
    subject = models.CharField(max_length=80, blank=True, editable=False)
    # Two messages with one key are the same message.
    key = models.CharField(max_length=200, null=True, unique=True, editable=False)  # noqa: DJ001 (unique: none is no value)
    payload = EncryptedJSONField(_("content"), default=dict)
    state = models.CharField(
        _("state"), max_length=8, choices=State, default=State.WAITING
    )
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    next_attempt_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    # Who is sending it, and until when nobody else may.
    lease = models.UUIDField(null=True, editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    last_error = models.CharField(_("last error"), max_length=500, blank=True)
    is_erased = models.BooleanField(_("content erased"), default=False)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(
                fields=["channel", "state", "next_attempt_at"], name="message_due"
            ),
            models.Index(fields=["subject"], name="message_by_subject"),
            models.Index(fields=["state", "-created_at"], name="message_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.pk}"

    @property
    def title(self) -> str:
        payload: Any = self.payload
        return payload.get("title", "")


class Delivery(models.Model):
    """One time that something was sent: what for, what came back. A digest carries several messages."""

    channel = models.ForeignKey(
        Channel, on_delete=models.CASCADE, related_name="deliveries"
    )
    messages = models.ManyToManyField(Message, related_name="deliveries")
    started_at = models.DateTimeField(_("time"))
    seconds = models.FloatField(_("seconds"), null=True)
    is_success = models.BooleanField(_("success"), default=False)
    # What the other side has answered, or why there was no answer.
    answer = models.TextField(_("answer"), blank=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["channel", "-started_at"], name="delivery_by_channel")
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.started_at:%Y-%m-%d %H:%M:%S}"
