from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.fields import StreamField
from wagtail.search import index

from cms.core.blocks import BodyBlock
from cms.core.models import BasePage
from cms.core.models.base import PLACEHOLDERS_HELP

if TYPE_CHECKING:
    from home.models.city_page import CityPageQuerySet


# The texts that city pages inherit, and what the national ones are called here.
NATIONAL_TEXTS = {
    "intro": "city_intro",
    "seo_title": "city_seo_title",
    "search_description": "city_search_description",
    "body": "city_body",
}


class CityIndexPage(BasePage):
    """All city pages of a site: the page behind [切换城市], and the national level that city pages inherit from."""

    intro = models.TextField(_("introduction"), max_length=300, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    city_title = models.CharField(
        _("title of new city pages"),
        max_length=100,
        default="{city}",
        help_text=_("Such as {city}认证咨询. Placeholders are filled in when read."),
    )
    city_intro = models.TextField(_("introduction"), max_length=300, blank=True)
    city_seo_title = models.CharField(_("title tag"), max_length=255, blank=True)
    city_search_description = models.TextField(_("meta description"), blank=True)
    city_body = StreamField(
        BodyBlock(),
        verbose_name=_("body"),
        blank=True,
        help_text=_(
            "What every city page shows that has no text of its own. Its sections begin at section headings."
        ),
    )

    placeholder_fields = [*BasePage.placeholder_fields, "intro"]
    pattern_fields = [
        *("city_title", "city_intro", "city_seo_title", "city_search_description")
    ]

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("intro"),
        FieldPanel("body"),
    ]
    city_panels = [
        MultiFieldPanel(
            [
                FieldPanel("city_title"),
                FieldPanel("city_seo_title"),
                FieldPanel("city_search_description"),
                FieldPanel("city_intro"),
            ],
            heading=_("Patterns"),
            help_text=PLACEHOLDERS_HELP,
        ),
        FieldPanel("city_body"),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Content")),
            ObjectList(city_panels, heading=_("For every city")),
            ObjectList(BasePage.promote_panels, heading=_("Promote")),
            ObjectList(BasePage.settings_panels, heading=_("Settings")),
        ]
    )
    search_fields = [*BasePage.search_fields, index.SearchField("intro")]

    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.CityPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("city list")
        verbose_name_plural = _("city lists")

    def national_text(self, name: str) -> Any:
        """What every city inherits for a text that its page and its province leave empty."""
        return getattr(self, NATIONAL_TEXTS[name])

    def get_city_pages(self) -> "CityPageQuerySet":
        city_page = apps.get_model("home.CityPage")
        pages = city_page.objects.child_of(self).live().public().with_city()
        return pages.order_by("-city__is_hot", "city__initial", "city__slug")

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        pages = list(self.get_city_pages())
        context["hot_pages"] = [page for page in pages if page.city.is_hot]
        context["pages_by_initial"] = sorted(pages, key=lambda page: page.city.initial)
        return context
