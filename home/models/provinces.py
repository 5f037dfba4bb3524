from functools import cached_property

from django.db import models
from django.forms import Select
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Site, TranslatableMixin
from wagtail_localize.fields import SynchronizedField

from cms.cities.inheritance import Inherited, Origin
from cms.cities.models import City
from cms.core.chrome import Chrome
from cms.core.models.base import PLACEHOLDERS_HELP
from cms.core.placeholders import check_placeholders
from home.blocks import LocalBodyBlock
from home.forms import ProvinceContentForm
from home.models.city_index import CityIndexPage
from home.panels import InheritedBodyPanel, InheritedTextPanel


def validate_placeholders(text: str) -> None:
    check_placeholders(text)


class ProvinceContent(TranslatableMixin, models.Model):
    """What the city pages of one province inherit before the national texts. Fields that are empty pass those on."""

    province = models.ForeignKey(
        City,
        verbose_name=_("province"),
        on_delete=models.CASCADE,
        related_name="contents",
        limit_choices_to={"level": City.Level.PROVINCE},
    )
    intro = models.TextField(
        _("introduction"),
        max_length=300,
        blank=True,
        validators=[validate_placeholders],
    )
    seo_title = models.CharField(
        _("title tag"), max_length=255, blank=True, validators=[validate_placeholders]
    )
    search_description = models.TextField(
        _("meta description"), blank=True, validators=[validate_placeholders]
    )
    body = StreamField(LocalBodyBlock(), verbose_name=_("body"), blank=True)

    panels = [
        # The chooser of snippets offers cities only.
        FieldPanel("province", widget=Select),
        MultiFieldPanel(
            [
                InheritedTextPanel("seo_title"),
                InheritedTextPanel("search_description"),
                InheritedTextPanel("intro"),
            ],
            heading=_("Patterns"),
            help_text=PLACEHOLDERS_HELP,
        ),
        InheritedBodyPanel("body"),
    ]

    base_form_class = ProvinceContentForm
    override_translatable_fields = [SynchronizedField("province", overridable=False)]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("text of a province")
        verbose_name_plural = _("texts of provinces")
        ordering = ["province__code"]
        constraints = [
            models.UniqueConstraint(
                fields=["province", "locale"],
                name="unique_province_content_in_locale",
                violation_error_message=_(
                    "There is a text for this province already: edit that one."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.province.name

    @cached_property
    def city_index(self) -> CityIndexPage | None:
        """The national texts: the city list of the default site in the language of this text."""
        site = Site.objects.filter(is_default_site=True).first()
        index = Chrome(site, self.locale).city_index if site else None
        return index if index and index.locale_id == self.locale_id else None

    def inherited_text(self, name: str) -> Inherited:
        """What the cities of the province would get if it had no text of its own."""
        national = self.city_index and self.city_index.national_text(name)
        return Inherited(national or "", Origin.NATIONAL)
