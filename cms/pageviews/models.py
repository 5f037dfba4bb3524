from datetime import date

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class ViewTotal(models.Model):
    """How often a page has been read on this site."""

    page = models.OneToOneField(
        Page, on_delete=models.CASCADE, primary_key=True, related_name="view_total"
    )
    total = models.PositiveBigIntegerField(_("views"), default=0)

    def __str__(self) -> str:
        return f"{self.page_id}: {self.total}"


class DailyViews(models.Model):
    """How often a page was read on a day, of the site's own time zone."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="daily_views")
    day = models.DateField(_("day"))
    number = models.PositiveBigIntegerField(_("views"), default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["page", "day"], name="unique_daily_views")
        ]
        indexes = [models.Index(fields=["day"], name="views_by_day")]

    def __str__(self) -> str:
        return f"{self.page_id} {self.day}: {self.number}"


def today() -> date:
    return timezone.localdate()


class DailySalt(models.Model):
    """What the day's visitors are hashed with. Random, and gone with the day: then nobody can find out whose hash it
    was, not even who has the whole database.
    """

    day = models.DateField(primary_key=True, default=today)
    salt = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return str(self.day)


class RecentView(models.Model):
    """That somebody has read a page not long ago. `visitor` is a salted hash of who and which page: it names nobody."""

    visitor = models.CharField(max_length=32, primary_key=True)
    counted_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.visitor
