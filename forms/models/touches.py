from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.encryption.fields import EncryptedJSONField
from cms.encryption.hashes import hash_value
from forms.models.leads import Lead
from forms.receipts import new_receipt
from forms.submission import body_of


class Touch(models.Model):
    """One submission: what was sent, from where, and when. Everybody who sends a form gets a receipt of their own, so
    that nobody learns from it that somebody has asked before.
    """

    lead = models.ForeignKey(Lead, on_delete=models.CASCADE, related_name="touches")
    receipt = models.CharField(
        _("receipt"), max_length=11, unique=True, default=new_receipt, editable=False
    )
    created_at = models.DateTimeField(
        _("received"), default=timezone.now, editable=False
    )
    form = models.ForeignKey(
        "forms.FormPage", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    source = models.CharField(
        _("came through"), max_length=6, choices=Lead.Source.choices
    )
    language = models.CharField(_("language"), max_length=10)
    city = models.ForeignKey(
        "cities.City",
        verbose_name=_("city"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    page_url = models.CharField(_("address of the page"), max_length=1000, blank=True)
    referrer = models.CharField(_("referrer"), max_length=1000, blank=True)
    utm_source = models.CharField(max_length=100, blank=True)
    utm_medium = models.CharField(max_length=100, blank=True)
    utm_campaign = models.CharField(max_length=100, blank=True)
    utm_term = models.CharField(max_length=100, blank=True)
    utm_content = models.CharField(max_length=100, blank=True)
    answers = EncryptedJSONField(_("answers"), default=list)
    is_verified = models.BooleanField(_("verified"), default=False)
    # The client's Idempotency-Key; none where it sent none. Keys are never forgotten.
    idempotency_key = models.CharField(max_length=255, null=True, editable=False)  # noqa: DJ001 (unique: none is no value)
    # A keyed hash of what was sent, to tell a repeat from another submission under the same key.
    body_hash = models.CharField(max_length=32, blank=True, editable=False)

    class Meta:
        verbose_name = _("touch")
        verbose_name_plural = _("touches")
        ordering = ["created_at", "pk"]
        indexes = [models.Index(fields=["form", "body_hash"], name="touch_by_body")]
        constraints = [
            models.UniqueConstraint(
                fields=["form", "idempotency_key"], name="unique_idempotency_key"
            )
        ]

    def __str__(self) -> str:
        return self.receipt

    def get_hashes(self) -> dict[str, str]:
        """The hash that belongs to the answers; none once they are erased, or where there was none."""
        if not self.body_hash:
            return {}
        return {"body_hash": hash_value(body_of(self.answers), "body")}

    @property
    def campaign(self) -> str:
        parts = (self.utm_source, self.utm_medium, self.utm_campaign)
        return " / ".join(filter(None, (*parts, self.utm_term, self.utm_content)))
