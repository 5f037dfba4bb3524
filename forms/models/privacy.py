from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.encryption.fields import EncryptedTextField
from forms.models.leads import Lead


class PersonalDataRead(models.Model):
    """Somebody has read personal data: who, whose, why and when. (Personal Information Protection Law, article 51.)
    Kept when the lead is gone.
    """

    class Kind(models.TextChoices):
        REVEAL = "reveal", _("Revealed")
        EXPORT = "export", _("Exported")
        SUBJECT = "subject", _("Handed out to the person")

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


class SubjectRequest(models.Model):
    """A person asks about their own data (Personal Information Protection Law, articles 15 and 44 to 50)."""

    class Kind(models.TextChoices):
        ACCESS = "access", _("A copy of the data")
        CORRECTION = "correction", _("Correction")
        ERASURE = "erasure", _("Erasure")
        WITHDRAWAL = "withdrawal", _("Withdrawal of consent")

    class Status(models.TextChoices):
        OPEN = "open", _("Open")
        DONE = "done", _("Done")
        REFUSED = "refused", _("Refused")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    status = models.CharField(
        _("status"), max_length=8, choices=Status, default=Status.OPEN, db_index=True
    )
    receipt = models.CharField(_("receipt"), max_length=11)
    phone = EncryptedTextField(_("phone"))
    phone_hash = models.CharField(max_length=32, editable=False, db_index=True)
    message = EncryptedTextField(_("message"), blank=True)
    language = models.CharField(_("language"), max_length=10)
    # Only where receipt and phone belong together; the person is not told.
    lead = models.ForeignKey(
        Lead,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="subject_requests",
    )
    created_at = models.DateTimeField(_("received"), auto_now_add=True)
    due_at = models.DateTimeField(_("due"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("handled by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    outcome = models.TextField(_("outcome"), blank=True)
    # What an erasure has left: counts, time and a hash of the erased data, and no data.
    proof = models.JSONField(_("proof"), default=dict, blank=True)

    class Meta:
        verbose_name = _("request about personal data")
        verbose_name_plural = _("requests about personal data")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.receipt}"
