from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import TranslatableMixin


class AnnouncementQuerySet(models.QuerySet["Announcement"]):
    def current(self, at: datetime | None = None) -> "AnnouncementQuerySet":
        """Announcements whose time has come and is not over, newest first."""
        at = at or timezone.now()
        return self.filter(
            Q(ends_at__isnull=True) | Q(ends_at__gt=at), starts_at__lte=at
        ).order_by("-starts_at", "-pk")


class Announcement(TranslatableMixin, models.Model):
    """A headline (喜报…) that stands at the top of every page while its time lasts."""

    headline = models.CharField(_("headline"), max_length=120)
    link_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page to link to"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    link_url = models.URLField(_("address to link to"), blank=True)
    starts_at = models.DateTimeField(_("from"), default=timezone.now)
    ends_at = models.DateTimeField(
        _("until"),
        null=True,
        blank=True,
        help_text=_("Empty: until a newer announcement begins."),
    )

    objects = AnnouncementQuerySet.as_manager()

    panels = [
        FieldPanel("headline"),
        MultiFieldPanel(
            [FieldPanel("link_page"), FieldPanel("link_url")], heading=_("Link")
        ),
        FieldRowPanel(
            [FieldPanel("starts_at"), FieldPanel("ends_at")], heading=_("Shown")
        ),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        ordering = ["-starts_at"]

    def __str__(self) -> str:
        return self.headline

    @property
    def url(self) -> str:
        page = self.link_page
        return (page and page.live and page.url) or self.link_url

    def clean(self) -> None:
        super().clean()
        if self.link_page and self.link_url:
            raise ValidationError(
                {"link_url": _("Choose a page or type an address, not both.")}
            )
        if self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("Choose an end after the beginning.")})
