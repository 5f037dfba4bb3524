from functools import cached_property
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.api import APIField
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from articles.models import ArticlePage
from cms.cities.inheritance import CityFacts, Inherited, Origin, inherit
from cms.cities.models import City
from cms.cities.projects import get_projects
from cms.core.chrome import get_chrome
from cms.core.models import BasePage
from cms.core.models.base import PLACEHOLDERS_HELP
from cms.core.phones import show_phone
from cms.core.placeholders import PlaceholderValues
from cms.core.querysets import BasePageQuerySet
from home.blocks import LocalBodyBlock, assemble
from home.forms import CityPageForm
from home.models.city_index import NATIONAL_TEXTS, CityIndexPage
from home.models.provinces import ProvinceContent
from home.panels import CityFactsPanel, InheritedBodyPanel, InheritedTextPanel
from home.readiness.panels import ReadinessPanel
from home.structured_data import local_business


class CityPageQuerySet(BasePageQuerySet):
    def with_city(self) -> "CityPageQuerySet":
        return self.select_related("city__parent")


class CityValues:
    """What placeholders stand for on the page of a city, in the active language."""

    def __init__(self, page: "CityPage") -> None:
        self._page = page

    @property
    def city(self) -> str:
        return self._page.city.local_short_name

    @property
    def province(self) -> str:
        return self._page.city.lineage[-1].local_short_name

    @property
    def phone(self) -> str:
        return show_phone(self._page.facts.phone.value)


class CityPage(BasePage):
    """The landing page of one city of the register.

    Facts (phone, address, team …) belong to the city, which has their texts in each language; texts belong to the page.
    Both are inherited: the city's own, else the province's, else the national one.
    """

    city = models.ForeignKey(
        City,
        verbose_name=_("city"),
        on_delete=models.PROTECT,
        related_name="pages",
        limit_choices_to={"level": City.Level.CITY},
    )
    intro = models.TextField(_("introduction"), max_length=300, blank=True)
    body = StreamField(
        LocalBodyBlock(),
        verbose_name=_("body"),
        blank=True,
        help_text=_(
            "Empty: the inherited text. “Inherited text” puts it among blocks of this city; "
            "without that block they take its place."
        ),
    )

    objects = PageManager.from_queryset(CityPageQuerySet)()

    placeholder_fields = [*BasePage.placeholder_fields, "intro"]
    place_field = "city"

    content_panels = [
        TitleFieldPanel("title", help_text=PLACEHOLDERS_HELP),
        FieldPanel("city"),
        CityFactsPanel(heading=_("Contact and team")),
        InheritedTextPanel("intro"),
        InheritedBodyPanel("body"),
    ]
    promote_panels = [
        ReadinessPanel(),
        MultiFieldPanel(
            [
                FieldPanel("slug"),
                InheritedTextPanel("seo_title"),
                InheritedTextPanel("search_description"),
            ],
            heading=_("Search engines"),
            help_text=PLACEHOLDERS_HELP,
        ),
        *BasePage.promote_panels[1:],
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("search_title", boost=2),
        index.AutocompleteField("search_title"),
        index.SearchField("intro"),
        index.SearchField("body"),
        index.FilterField("city"),
    ]
    # What the management API reads and writes besides titles and addresses.
    api_fields = [APIField("city", writable=True)]
    base_form_class = CityPageForm
    # A translation is about the same city: nobody gives it another one.
    override_translatable_fields = [SynchronizedField("city", overridable=False)]

    parent_page_types = ["home.CityIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("city page")
        verbose_name_plural = _("city pages")

    @classmethod
    def to_serve(cls) -> CityPageQuerySet:
        return super().to_serve().select_related("city__parent", "readiness")

    @property
    def search_title(self) -> str:
        """The title as people search for it: with the city's name, in the page's language, in the place of `{city}`."""
        with translation.override(self.locale.language_code):
            return self.resolved.title

    @cached_property
    def city_index(self) -> CityIndexPage | None:
        """The list above the page; None while the page has no place in the tree yet."""
        parent = getattr(self, "_cached_parent_obj", None)
        if isinstance(parent, CityIndexPage):
            return parent
        return CityIndexPage.objects.parent_of(self).first() if self.path else None

    @cached_property
    def province_content(self) -> ProvinceContent | None:
        if self.city.parent_id is None:
            return None
        contents = ProvinceContent.objects.filter(province=self.city.parent_id)
        return contents.filter(locale=self.locale_id).first()

    @cached_property
    def facts(self) -> CityFacts:
        """Phone, address and so on, each with its origin."""
        return self.city.get_facts(self.site_settings)

    @property
    def is_indexed(self) -> bool:
        """Search engines are shown the page once it has enough of its own; before it is computed, it has not."""
        readiness = getattr(self, "readiness", None)
        return readiness is not None and readiness.is_ready

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict]:
        return super().get_sitemap_urls(request) if self.is_indexed else []

    def get_placeholder_values(self) -> PlaceholderValues:
        return CityValues(self)

    def get_text(self, name: str) -> Any:
        return (
            self.inherit_text(name).value
            if name in NATIONAL_TEXTS
            else super().get_text(name)
        )

    def inherit_text(self, name: str) -> Inherited:
        """An inherited text before its placeholders are resolved, with its origin."""
        levels = [(Origin.CITY, getattr(self, name)), *self.inherited_texts(name)]
        return self._inherit(name, levels)

    def inherited_text(self, name: str) -> Inherited:
        """What would stand there if the page had no text of its own."""
        return self._inherit(name, self.inherited_texts(name))

    def inherited_texts(self, name: str) -> list[tuple[Origin, Any]]:
        """What stands above the page's own text, from the province up."""
        levels = []
        if self.province_content:
            levels.append((Origin.PROVINCE, getattr(self.province_content, name)))
        if self.city_index:
            national = self.city_index.national_text(name)
            levels.append((Origin.NATIONAL, national))
        return levels

    def _inherit(self, name: str, levels: list[tuple[Origin, Any]]) -> Inherited:
        return self._assemble(levels) if name == "body" else inherit(levels)

    def _assemble(self, levels: list[tuple[Origin, StreamValue]]) -> Inherited:
        """Each level's blocks, with the text of the levels above where they want it."""
        assembled: list[dict[str, Any]] = []
        for _origin, stream in reversed(levels):
            assembled = assemble(stream.get_prep_value(), assembled)
        origin = inherit(levels).origin
        return Inherited(self.body.stream_block.to_python(assembled), origin)

    def get_articles(self) -> models.QuerySet[ArticlePage]:
        """Articles about this city first, then the national ones, each newest first."""
        articles = ArticlePage.objects.listed(locale=self.locale).on_site_of(self)
        return articles.for_city(self.city)

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        chrome = get_chrome(request)
        if self.city_index and self.city_index.live:
            # Where [切换城市] leads from here.
            context["own_city_index"] = self.city_index
        offered = chrome.offered_projects if chrome else None
        projects = get_projects(self.city, self.locale_id, offered)
        context["projects"] = projects.value
        articles = list(self.get_articles().with_listing_relations()[:6])
        context["articles"] = articles
        if articles:
            context["articles_url"] = f"{articles[0].list_url}?city={self.city.slug}"
        context["local_business"] = local_business(self)
        return context
