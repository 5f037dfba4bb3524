from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.encryption.fields import EncryptedTextField


class Channel(models.Model):
    """A way out of the system: mailboxes, a chat robot, a webhook."""

    class Kind(models.TextChoices):
        EMAIL = "email", _("E-mail")
        WECOM = "wecom", _("WeCom robot")
        DINGTALK = "dingtalk", _("DingTalk robot")
        FEISHU = "feishu", _("Feishu robot")
        WEBHOOK = "webhook", _("Webhook")
        LOG = "log", _("Log")
        EDGE = "edge", _("Edge cache")

        @classmethod
        def made_by_people(cls) -> list[Any]:
            """Channels to edge caches come from the settings."""
            return [choice for choice in cls.choices if choice[0] != cls.EDGE]

    name = models.CharField(_("name"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.LOG)
    address = EncryptedTextField(
        _("address"),
        blank=True,
        help_text=_(
            "The robot's or webhook's whole address, or mail addresses, one in each line. It is kept secret."
        ),
    )
    secret = EncryptedTextField(
        _("signing secret"),
        blank=True,
        help_text=_(
            "DingTalk and Feishu: the robot's secret, if it signs. Webhook: whsec_ and the key in base64."
        ),
    )
    is_active = models.BooleanField(
        _("in use"),
        default=True,
        help_text=_("Messages of a channel that is not active wait."),
    )
    # Nothing is sent before: the robot has asked for patience, or its server does not answer.
    paused_until = models.DateTimeField(null=True, editable=False)
    failures_in_a_row = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("channel")
        verbose_name_plural = _("channels")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        from cms.outbox.channels import get_sender

        try:
            get_sender(self).check()
        except ValueError as error:
            raise ValidationError({"address": str(error)}) from None
