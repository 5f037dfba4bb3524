from django.db import models
from django.utils.translation import gettext_lazy as _

from forms.models.touches import Touch
from forms.purposes import Purpose


class ConsentText(models.Model):
    """A text that visitors were asked to agree to, exactly as they read it. Never changed: another text is another
    version. (Personal Information Protection Law, articles 13, 14 and 17.)
    """

    form = models.ForeignKey(
        "forms.FormPage", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    key = models.CharField(_("key"), max_length=40)
    purpose = models.CharField(_("purpose"), max_length=10, choices=Purpose)
    language = models.CharField(_("language"), max_length=10)
    version = models.PositiveIntegerField(_("version"))
    sentence = models.TextField(_("sentence"))
    notice = models.TextField(_("privacy notice"), blank=True)
    digest = models.CharField(max_length=64, editable=False)
    first_shown_at = models.DateTimeField(_("first shown"), auto_now_add=True)

    class Meta:
        verbose_name = _("consent text")
        verbose_name_plural = _("consent texts")
        ordering = ["form", "key", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["form", "key", "version"], name="unique_consent_version"
            ),
            models.UniqueConstraint(
                fields=["form", "key", "digest"], name="unique_consent_digest"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} v{self.version}"


class Consent(models.Model):
    """That a visitor has agreed to a text, or has not; and since when they do no longer (article 15)."""

    touch = models.ForeignKey(Touch, on_delete=models.CASCADE, related_name="consents")
    text = models.ForeignKey(
        ConsentText, on_delete=models.PROTECT, related_name="consents"
    )
    is_given = models.BooleanField(_("given"))
    given_at = models.DateTimeField(_("answered"), auto_now_add=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.UniqueConstraint(
                fields=["touch", "text"], name="unique_consent_of_touch"
            )
        ]

    def __str__(self) -> str:
        return f"{self.text}: {self.is_given}"
