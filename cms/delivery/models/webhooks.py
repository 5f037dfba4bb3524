from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.outbox.models import Channel


class ContentWebhook(models.Model):
    """Somebody who is told what changes. Address, secret, log and retries are those of the channel."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    channel = models.ForeignKey(
        Channel,
        verbose_name=_("channel"),
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"kind": Channel.Kind.WEBHOOK},
        help_text=_(
            "A channel of the kind “Webhook”: it has the address and the signing secret."
        ),
    )
    # Of Change.Action.
    events = models.JSONField(_("events"), default=list, blank=True)
    # As in `articles.ArticlePage`.
    types = models.JSONField(_("types"), default=list, blank=True)
    is_active = models.BooleanField(
        _("in use"),
        default=True,
        help_text=_("What changes meanwhile is not sent later, unless you replay it."),
    )

    class Meta:
        verbose_name = _("content webhook")
        verbose_name_plural = _("content webhooks")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def wants(self, action: str, type_: str) -> bool:
        """Without a choice it wants everything."""
        return (not self.events or action in self.events) and (
            not self.types or type_ in self.types
        )
