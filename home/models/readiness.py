from django.db import models
from django.utils.translation import gettext_lazy as _


class CityReadiness(models.Model):
    """How much a city page has of its own: what decides whether search engines are shown it.

    Computed in the background when the page or something that it inherits changes. While `is_stale`, the former
    result stands.
    """

    page = models.OneToOneField(
        "home.CityPage", on_delete=models.CASCADE, related_name="readiness"
    )
    score = models.PositiveSmallIntegerField(_("score"), default=0)
    is_ready = models.BooleanField(_("ready"), default=False)
    unique_share = models.FloatField(_("share of own text"), default=0.0)
    criteria = models.JSONField(_("criteria"), default=list)
    is_stale = models.BooleanField(_("to be computed"), default=True, db_index=True)
    computed_at = models.DateTimeField(_("computed"), null=True)

    class Meta:
        verbose_name = _("readiness of a city page")
        verbose_name_plural = _("readiness of city pages")

    def __str__(self) -> str:
        return f"{self.page_id}: {self.score}"
