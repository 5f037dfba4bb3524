from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.fields import StreamField
from wagtail.search import index

from cms.cities.asked import read_city_slug
from cms.cities.models import City
from cms.core.blocks import BodyBlock
from cms.core.models import BasePage
from cms.core.models.base import PLACEHOLDERS_HELP
from home.city_list import INITIAL, PROVINCE, CityList, all_cities, clean_query

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

    def has_page_of(self, city: City, *, besides: int | None = None) -> bool:
        """Whether the list has a page of the city, published or not, besides the one with that key."""
        city_page = apps.get_model("home.CityPage")
        pages = city_page.objects.child_of(self).filter(city=city)
        return pages.exclude(pk=besides).exists()

    def get_city_pages(self) -> "CityPageQuerySet":
        city_page = apps.get_model("home.CityPage")
        pages = city_page.objects.child_of(self).live().public().with_city()
        return pages.order_by("-city__is_hot", "city__initial", "city__slug")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """`?city=` shows how a city without a page is served; one that has got a page since then leads there."""
        if slug := read_city_slug(request):
            page = self.get_city_pages().filter(city__slug=slug).first()
            if page:
                return redirect(page.get_url(request))
        return super().serve(request, *args, **kwargs)

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        """Adds the register. `?q=` seeks in it, `?by=` groups it, `?city=` chooses from it."""
        context = super().get_context(request, *args, **kwargs)
        context["city_list"] = CityList(
            cities=list(all_cities()),
            page_paths=self.get_page_paths(request),
            by=PROVINCE if request.GET.get("by") == PROVINCE else INITIAL,
            query=clean_query(request.GET.get("q", "")),
        )
        if "city" in request.GET:
            # The quick form and the header look for the city under this name.
            context["city"] = find_city(read_city_slug(request))
            context["facts"] = context["city"].get_facts(self.site_settings)
        return context

    def get_page_paths(self, request: HttpRequest) -> dict[int, str]:
        """The path of each city's page by the city's key, without loading hundreds of pages."""
        own_path = self.get_url(request)
        # Of two pages of one city the first counts, as in the API.
        slugs = self.get_city_pages().order_by("-pk").values_list("city", "slug")
        return {city: f"{own_path}{slug}/" for city, slug in slugs}


def find_city(slug: str) -> City:
    cities = City.objects.cities().select_related("parent")
    return get_object_or_404(cities, slug=slug)
