from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from articles.models import ArticlePage
from cms.cities.models import City
from cms.core.blocks import BodyBlock
from cms.core.models import BasePage


class CityPageQuerySet(PageQuerySet):
    def with_city(self) -> "CityPageQuerySet":
        return self.select_related("city__parent")


class CityIndexPage(BasePage):
    """All city pages of a site: the page behind [切换城市]."""

    intro = models.TextField(_("introduction"), max_length=300, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("intro"),
        FieldPanel("body"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("intro")]

    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.CityPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("city list")
        verbose_name_plural = _("city lists")

    def get_city_pages(self) -> CityPageQuerySet:
        return (
            CityPage.objects.child_of(self)
            .live()
            .public()
            .with_city()
            .order_by("-city__is_hot", "city__initial", "city__slug")
        )

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        pages = list(self.get_city_pages())
        context["hot_pages"] = [page for page in pages if page.city.is_hot]
        context["pages_by_initial"] = sorted(pages, key=lambda page: page.city.initial)
        return context


class CityPage(BasePage):
    """The landing page of one city of the register."""

    city = models.ForeignKey(
        City,
        verbose_name=_("city"),
        on_delete=models.PROTECT,
        related_name="pages",
        limit_choices_to={"level": City.Level.CITY},
    )
    intro = models.TextField(_("introduction"), max_length=300, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    objects = PageManager.from_queryset(CityPageQuerySet)()

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("city"),
        FieldPanel("intro"),
        FieldPanel("body"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("intro"),
        index.SearchField("body"),
        index.FilterField("city"),
    ]

    parent_page_types = ["home.CityIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("city page")
        verbose_name_plural = _("city pages")

    def get_articles(self) -> models.QuerySet[ArticlePage]:
        """Articles about this city first, then the national ones, each newest first."""
        articles = ArticlePage.objects.listed(locale=self.locale).on_site_of(self)
        return articles.for_city(self.city)

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["articles"] = self.get_articles().with_listing_relations()[:6]
        return context
