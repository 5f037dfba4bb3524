from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from forms.models.leads import Lead


class PersonalDataRead(models.Model):
    """Somebody has read personal data: who, whose, why and when. (Personal Information Protection Law, article 51.)
    Kept when the lead is gone.
    """

    class Kind(models.TextChoices):
        REVEAL = "reveal", _("Revealed")
        EXPORT = "export", _("Exported")
        COPY = "copy", _("Copied for the person")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    user_name = models.CharField(_("user"), max_length=160)
    lead = models.ForeignKey(
        Lead, on_delete=models.SET_NULL, null=True, blank=True, related_name="reads"
    )
    receipt = models.CharField(_("receipt"), max_length=11, blank=True)
    reason = models.CharField(_("reason"), max_length=300)
    # Of an export: how many leads, and which were asked for.
    lead_count = models.PositiveIntegerField(_("leads"), default=1)
    selection = models.JSONField(_("selection"), default=dict, blank=True)
    created_at = models.DateTimeField(_("time"), auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = _("reading of personal data")
        verbose_name_plural = _("readings of personal data")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.user_name}: {self.receipt or self.lead_count}"
