from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.encryption.fields import EncryptedTextField


class Channel(models.Model):
    """A way out of the system: somebody's mailbox, a chat robot, a webhook."""

    class Kind(models.TextChoices):
        EMAIL = "email", _("E-mail")
        WECOM = "wecom", _("WeCom robot")
        DINGTALK = "dingtalk", _("DingTalk robot")
        FEISHU = "feishu", _("Feishu robot")
        WEBHOOK = "webhook", _("Webhook")
        LOG = "log", _("Log")

    name = models.CharField(_("name"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    address = EncryptedTextField(_("address"), blank=True)
    secret = EncryptedTextField(_("secret"), blank=True)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("channel")
        verbose_name_plural = _("channels")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
