from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Job(models.Model):
    """Much to translate into one language, done by the background worker one object after the other.

    `keys` are content type and primary key of each. Those before `position` are done: a worker that is stopped goes on
    from there.
    """

    locale = models.ForeignKey(
        "wagtailcore.Locale",
        verbose_name=_("language"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    title = models.CharField(_("what"), max_length=255)
    keys = models.JSONField(default=list)
    position = models.PositiveIntegerField(default=0)
    # How many came out in each way (`cms.translation.updating.Outcome`).
    outcomes = models.JSONField(default=dict)
    failures = models.JSONField(default=list)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    created_at = models.DateTimeField(_("begun"), auto_now_add=True)
    # When its last object was done.
    touched_at = models.DateTimeField(auto_now=True)
    finished_at = models.DateTimeField(_("finished"), null=True)

    class Meta:
        verbose_name = _("translation job")
        verbose_name_plural = _("translation jobs")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def total(self) -> int:
        return len(self.keys)

    @property
    def percent(self) -> int:
        return 100 * self.position // self.total if self.total else 100
