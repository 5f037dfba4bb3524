from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms.encryption.fields import EncryptedTextField
from forms.models.leads import Lead
from forms.receipts import new_receipt

# GB/T 35273—2020, 8.7 a: within thirty days.
DAYS_TO_ANSWER = timedelta(days=30)


def answer_due() -> date:
    return timezone.localdate() + DAYS_TO_ANSWER


class DataRequest(models.Model):
    """Somebody asks for what is kept of them: to have a copy, to correct it, to have it erased, or to get no more
    advertising. (Personal Information Protection Law, articles 15 and 44 to 47.)

    It holds nothing of the person but the message, which is encrypted, and goes with the data that it is about. What
    is left is the proof that the request was answered.
    """

    class Kind(models.TextChoices):
        COPY = "copy", _("A copy of my data")
        CORRECTION = "correction", _("Correct my data")
        ERASURE = "erasure", _("Erase my data")
        WITHDRAWAL = "withdrawal", _("No more advertising")

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("request", "Open")
        DONE = "done", pgettext_lazy("request", "Done")
        REFUSED = "refused", pgettext_lazy("request", "Refused")

    number = models.CharField(
        _("number"), max_length=11, unique=True, default=new_receipt, editable=False
    )
    kind = models.CharField(_("asks for"), max_length=10, choices=Kind)
    state = models.CharField(
        _("state"), max_length=7, choices=State, default=State.OPEN
    )
    lead = models.ForeignKey(
        Lead,
        verbose_name=_("lead"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="requests",
    )
    receipt = models.CharField(_("receipt"), max_length=11)
    # Who knows the mobile number asks for everything that was sent with it; an office number is shared by many.
    covers_number = models.BooleanField(default=False)
    language = models.CharField(_("language"), max_length=10)
    message = EncryptedTextField(_("message"), blank=True)
    created_at = models.DateTimeField(_("received"), auto_now_add=True)
    due_on = models.DateField(_("answer due"), default=answer_due)

    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("answered by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    # Kept when the user is gone; empty for what the program itself has done.
    answered_by_name = models.CharField(_("answered by"), max_length=160, blank=True)
    answer = models.TextField(_("answer"), max_length=500, blank=True)
    # What was done, in figures: {"leads": 2, "submissions": 3, "notes": 1, "messages": 4}
    proof = models.JSONField(_("proof"), default=dict, blank=True)

    class Meta:
        verbose_name = _("request for personal data")
        verbose_name_plural = _("requests for personal data")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "due_on"], name="request_by_state")]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def is_overdue(self) -> bool:
        return self.is_open and self.due_on < timezone.localdate()
