from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Site, TranslatableMixin
from wagtail_localize.fields import SynchronizedField

from cms.core.blocks import TeamBlock


class SiteTexts(TranslatableMixin, models.Model):
    """The texts of the site settings in one language; what is empty is read from the settings.

    The settings keep those of the first language up to date: they are what translations are made from.
    """

    site = models.ForeignKey(
        Site, verbose_name=_("site"), on_delete=models.CASCADE, related_name="+"
    )
    organisation = models.CharField(_("organisation"), max_length=80, blank=True)
    legal_name = models.CharField(_("legal name"), max_length=120, blank=True)
    service_hours = models.CharField(_("service hours"), max_length=80, blank=True)
    head_office_address = models.CharField(
        _("address of the head office"), max_length=160, blank=True
    )
    team = StreamField(TeamBlock(), verbose_name=_("service team"), blank=True)

    NAMES = (
        *("organisation", "legal_name", "service_hours"),
        *("head_office_address", "team"),
    )

    panels = [FieldPanel("site"), *(FieldPanel(name) for name in NAMES)]

    override_translatable_fields = [SynchronizedField("site", overridable=False)]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("texts of a site")
        verbose_name_plural = _("texts of sites")
        constraints = [
            models.UniqueConstraint(
                fields=["site", "locale"], name="unique_site_texts_in_locale"
            )
        ]

    def __str__(self) -> str:
        return self.organisation or str(self.site)
