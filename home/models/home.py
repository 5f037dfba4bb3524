from typing import Any

from django.db import models
from django.http import Http404, HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from cms.core.blocks import BodyBlock
from cms.core.chrome import set_chrome
from cms.core.models import BasePage
from cms.core.remembering import remember
from home.models.city_page import CityPage, CityPageQuerySet


class HomePageQuerySet(PageQuerySet):
    def only(self, *fields: str) -> "HomePageQuerySet":
        """Deleting a page asks for some columns `only`, and Django refuses to join what it is told to leave out."""
        return super(HomePageQuerySet, self.select_related(None)).only(*fields)


class HomePageManager(PageManager.from_queryset(HomePageQuerySet)):
    def get_queryset(self) -> PageQuerySet:
        """With the language: every request for a page asks for it."""
        return super().get_queryset().select_related("locale")


class HomePage(BasePage):
    """The first page of a site, in one language."""

    hero_title = models.CharField(
        _("headline"),
        max_length=60,
        blank=True,
        help_text=_("What you do for whom, in one line."),
    )
    hero_text = models.TextField(_("text"), max_length=200, blank=True)
    hero_image = models.ForeignKey(
        "images.CustomImage",
        verbose_name=_("image"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    objects = HomePageManager()

    placeholder_fields = [*BasePage.placeholder_fields, "hero_title", "hero_text"]

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("hero_title"),
                FieldPanel("hero_text"),
                FieldPanel("hero_image"),
            ],
            heading=_("Opening"),
        ),
        FieldPanel("body"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "articles.ArticleIndexPage",
        "home.CityIndexPage",
        "forms.FormPage",
    ]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_hot_city_pages(self) -> CityPageQuerySet:
        hot = CityPage.objects.descendant_of(self).filter(city__is_hot=True)
        return hot.live().public().with_city().order_by("city__initial", "city__slug")

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Wagtail shows the site's own language below the prefix of one that has no home page: here that is a 404."""
        if self.locale.language_code != get_language():
            raise Http404
        set_chrome(request, self)
        if page := self.find_page_below(path_components):
            return page.route(request, [])
        return super().route(request, path_components)

    @property
    def localized(self) -> Page:
        """As Wagtail's; the same for all pages of a site and language, so looked up once where there is a memory."""
        language = get_language()
        if self.locale.language_code == language:
            return self
        key = self.translation_key
        homes = HomePage.objects.filter(translation_key=key).live()
        found = homes.filter(locale__language_code=language).first
        return remember(("home in", key.hex, language), found) or self

    def find_page_below(self, path_components: list[str]) -> Page | None:
        """The page at a path in two queries, however deep: Wagtail's own way asks twice at each step."""
        if not path_components:
            return None
        *steps, slug = path_components
        key = ("pages at", self.path, self.url_path, *steps)
        try:
            above = remember(key, lambda: self.find_pages_at(steps)) if steps else []
        except Page.DoesNotExist:
            return None
        page = find_child(above[-1] if above else self, slug)
        if page is not None:
            page.ancestors = [self, *above]
        return page

    def find_pages_at(self, steps: list[str]) -> list[Page]:
        """The pages on the way to a path and the one at it, all of them or none."""
        url_paths = [
            f"{self.url_path}{'/'.join(steps[:number])}/"
            for number in range(1, len(steps) + 1)
        ]
        # The slug has an index, the whole path has none.
        on_the_way = Page.objects.descendant_of(self).filter(
            slug__in=steps, url_path__in=url_paths
        )
        pages = {page.url_path: page for page in on_the_way}
        if len(pages) != len(steps):
            raise Page.DoesNotExist
        return [pages[url_path] for url_path in url_paths]

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["hot_city_pages"] = self.get_hot_city_pages()[:12]
        return context


def find_child(parent: Page, slug: str) -> Page | None:
    """A page as what it is. Most parents have children of one type only, which is then asked for at once."""
    models = parent.specific_class.allowed_subpage_models()
    if len(models) == 1:
        page = models[0].to_serve().child_of(parent).filter(slug=slug).first()
        if page is not None:
            return page
    found = Page.objects.child_of(parent).filter(slug=slug).first()
    if found is None or not issubclass(found.specific_class or Page, BasePage):
        return None
    return found.specific_class.to_serve().filter(pk=found.pk).first()
