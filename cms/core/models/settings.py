from copy import copy
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import (
    FieldPanel,
    InlinePanel,
    MultiFieldPanel,
    PageChooserPanel,
)
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField
from wagtail.models import Locale, Orderable, Page, Site

from cms.core.blocks import TeamBlock
from cms.core.models.site_texts import SiteTexts
from cms.core.remembering import remember


@register_setting(icon="home")
class SiteSettings(BaseSiteSetting, ClusterableModel):
    """Who the site belongs to and what stands on every page of it."""

    organisation = models.CharField(
        _("organisation"),
        max_length=80,
        blank=True,
        help_text=_("The name that visitors know."),
    )
    legal_name = models.CharField(_("legal name"), max_length=120, blank=True)
    logo = models.ForeignKey(
        "images.CustomImage",
        verbose_name=_("logo"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    service_phone = models.CharField(
        _("nationwide service phone"), max_length=40, blank=True
    )
    service_hours = models.CharField(_("service hours"), max_length=80, blank=True)
    head_office_address = models.CharField(
        _("address of the head office"), max_length=160, blank=True
    )
    service_radius = models.PositiveSmallIntegerField(
        _("service radius in kilometres"), null=True, blank=True
    )
    team = StreamField(
        TeamBlock(),
        verbose_name=_("service team"),
        blank=True,
        help_text=_("Shown for every city that names no people of its own."),
    )
    default_city = models.ForeignKey(
        "cities.City",
        verbose_name=_("default city"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"level": "city"},
        help_text=_("The city that a visitor sees who has not chosen one."),
    )
    quick_form = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("quick-service form"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("The form that stands on every page."),
    )
    readiness_threshold = models.PositiveSmallIntegerField(
        _("points that a city page needs"),
        default=60,
        validators=[MaxValueValidator(100)],
        help_text=_(
            "Out of 100. City pages below are kept from search engines: pages that differ only by the city's name "
            "harm the whole site."
        ),
    )
    icp_number = models.CharField(_("ICP filing number"), max_length=60, blank=True)
    police_number = models.CharField(
        _("public-security filing number"), max_length=60, blank=True
    )

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("organisation"),
                FieldPanel("legal_name"),
                FieldPanel("logo"),
                FieldPanel("head_office_address"),
            ],
            heading=_("Organisation"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("service_phone"),
                FieldPanel("service_hours"),
                FieldPanel("service_radius"),
                FieldPanel("team"),
                FieldPanel("default_city"),
                PageChooserPanel("quick_form", "forms.FormPage"),
                FieldPanel("readiness_threshold"),
            ],
            heading=_("Service"),
        ),
        MultiFieldPanel(
            [FieldPanel("icp_number"), FieldPanel("police_number")],
            heading=_("Filing"),
        ),
        InlinePanel(
            "social_accounts", heading=_("Social accounts"), label=_("account")
        ),
    ]
    select_related = ["logo", "default_city"]

    class Meta:
        verbose_name = _("site settings")

    @classmethod
    def base_queryset(cls) -> models.QuerySet["SiteSettings"]:
        """With the texts of the active language, in the same query."""
        texts = SiteTexts.objects.filter(
            site=OuterRef("site"), locale__language_code=get_language()
        )
        names = {name: name for name in SiteTexts.NAMES}
        found = Subquery(texts.values(data=JSONObject(**names))[:1])
        return super().base_queryset().annotate(local_texts=found)

    @cached_property
    def shown(self) -> "SiteSettings":
        """The settings as the active language reads them: in others than the first a copy, which is never saved."""
        texts = dict(getattr(self, "local_texts", None) or {})
        if not texts or get_language() == settings.LANGUAGE_CODE:
            return self
        shown = copy(self)
        # SQLite answers with the JSON of the team as a text, PostgreSQL with what it says.
        stream = self._meta.get_field("team").to_python(texts.pop("team"))
        shown.team = self.team and (stream or self.team)
        for name, text in texts.items():
            setattr(shown, name, text or getattr(self, name))
        return shown

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Gives the texts to translators, too: those of the first language are a copy of these."""
        super().save(*args, **kwargs)
        texts = {name: getattr(self, name) for name in SiteTexts.NAMES}
        if any(texts.values()):
            SiteTexts.objects.update_or_create(
                site_id=self.site_id, locale=Locale.get_default(), defaults=texts
            )

    @classmethod
    def for_site(cls, site: Site) -> "SiteSettings":
        """As Wagtail's, remembered where there is a memory: every page asks for them."""
        find = super().for_site
        if not site:
            return find(site)
        return remember(("settings", site.pk, get_language()), lambda: find(site))

    @classmethod
    def for_page(cls, page: Page) -> "SiteSettings":
        """Those of the page's site; blank ones for a page that stands outside every site."""
        site = page.get_site()
        return cls.for_site(site) if site else cls()


class SocialAccount(Orderable):
    """An account of the organisation elsewhere, such as its WeChat official account."""

    site_settings = ParentalKey(
        SiteSettings, on_delete=models.CASCADE, related_name="social_accounts"
    )
    name = models.CharField(_("name"), max_length=40)
    url = models.URLField(_("address"), blank=True)
    qr_image = models.ForeignKey(
        "images.CustomImage",
        verbose_name=_("QR code"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    panels = [FieldPanel("name"), FieldPanel("url"), FieldPanel("qr_image")]

    class Meta(Orderable.Meta):
        verbose_name = _("social account")
