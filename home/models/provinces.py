from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import TranslatableMixin

from cms.cities.models import City
from cms.core.placeholders import check_placeholders
from home.blocks import LocalBodyBlock
from home.forms import ProvinceContentForm


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
        FieldPanel("province"),
        MultiFieldPanel(
            [
                FieldPanel("seo_title"),
                FieldPanel("search_description"),
                FieldPanel("intro"),
            ],
            heading=_("Patterns"),
            help_text=_(
                "You can write {city}, {province} and {phone}, or {城市}, {省份} and {电话}."
            ),
        ),
        FieldPanel("body"),
    ]

    base_form_class = ProvinceContentForm

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
