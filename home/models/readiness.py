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
    warnings = models.JSONField(_("warnings"), default=list)
    is_stale = models.BooleanField(_("to be computed"), default=True, db_index=True)
    computed_at = models.DateTimeField(_("computed"), null=True)

    class Meta:
        verbose_name = _("readiness of a city page")
        verbose_name_plural = _("readiness of city pages")

    def __str__(self) -> str:
        return f"{self.page_id}: {self.score}"


class CityListReadiness(models.Model):
    """Whether the readiness of a whole list is current: its pages are compared with each other, so all are computed
    together.

    `changes` counts up with each change, `computed_changes` is how many of them the result knows. A change that comes
    while the list is being computed is therefore never taken for computed.
    """

    city_list = models.OneToOneField(
        "home.CityIndexPage", on_delete=models.CASCADE, related_name="readiness"
    )
    changes = models.PositiveIntegerField(default=0)
    computed_changes = models.PositiveIntegerField(null=True)
    threshold = models.PositiveSmallIntegerField(
        null=True, help_text="The points that a page needed when it was computed."
    )

    class Meta:
        verbose_name = _("readiness of a city list")
        verbose_name_plural = _("readiness of city lists")

    def __str__(self) -> str:
        return f"{self.city_list_id}: {self.computed_changes} of {self.changes}"
