from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.search import index

from articles.forms import ArticlePageForm
from articles.lines import ArticleLine, article_lines
from articles.models.categories import ArticleCategory
from articles.querysets import ArticlePageQuerySet
from cms.cities.asked import read_city_slug
from cms.cities.models import City
from cms.cities.widgets import PlaceSelectMultiple
from cms.core.blocks import BodyBlock
from cms.core.chrome import Chrome, bare_request, get_chrome, remember_part
from cms.core.key_lists import KeyList
from cms.core.models import BasePage
from cms.search.questions import Question


class ArticleIndexPage(BasePage):
    """A list of articles, newest first, in pages."""

    PER_PAGE = 12

    intro = models.TextField(_("introduction"), max_length=300, blank=True)

    placeholder_fields = [*BasePage.placeholder_fields, "intro"]

    content_panels = [*BasePage.content_panels, FieldPanel("intro")]
    search_fields = [*BasePage.search_fields, index.SearchField("intro")]

    parent_page_types = ["home.HomePage"]
    subpage_types = ["articles.ArticlePage"]

    class Meta:
        verbose_name = _("article list")
        verbose_name_plural = _("article lists")

    def get_articles(self) -> ArticlePageQuerySet:
        """All below it, which are its children. Told their depth too, SQLite would look at all pages first."""
        articles = ArticlePage.objects.filter(path__startswith=self.path)
        return articles.listed(locale=self.locale)

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        """Adds one page of the list. `?category=`, `?city=` and `?q=` narrow it.

        A category that does not exist is ignored.
        """
        context = super().get_context(request, *args, **kwargs)
        categories = list(ArticleCategory.objects.filter(locale=self.locale_id))
        wanted = request.GET.get("category", "")
        category = next((each for each in categories if each.slug == wanted), None)
        city = self.find_city(request)
        question = Question.of(request)

        def find_articles() -> ArticlePageQuerySet:
            articles = self.get_articles().with_listing_relations()
            if category:
                articles = articles.filter(category=category)
            return articles.for_city(city) if city else articles

        articles: QuerySet | KeyList
        if question:
            articles = question.find_in(find_articles().defer("body"))
        elif city:
            # Each city has a list of its own, which few ask for.
            articles = find_articles()
        else:
            articles = KeyList(find_articles, self.path, category and category.pk)
        paginator = Paginator(articles, self.PER_PAGE)
        context["categories"] = categories
        context["category"] = category
        context["city"] = city
        context["question"] = question
        context["query"] = self.filter_query(category, city, question)
        context["other_filters"] = self.filter_query(None, city, question)
        context["articles"] = paginator.get_page(request.GET.get("page"))
        return context

    @staticmethod
    def find_city(request: HttpRequest) -> City | None:
        """The city whose list is asked for. One that does not exist is no page."""
        if not request.GET.get("city"):
            return None
        cities = City.objects.cities().with_province()
        return get_object_or_404(cities, slug=read_city_slug(request))

    @staticmethod
    def filter_query(
        category: ArticleCategory | None, city: City | None, question: Question
    ) -> str:
        chosen = {
            "category": category and category.slug,
            "city": city and city.slug,
            "q": question.text,
        }
        return urlencode({name: each for name, each in chosen.items() if each})

    def get_cache_control(self, request: HttpRequest) -> dict[str, Any]:
        """What somebody seeks is kept by their browser alone: few ask for the same."""
        policy = super().get_cache_control(request)
        if Question.of(request) and "public" in policy:
            return {"private": True, "max_age": policy["max_age"]}
        return policy


class ArticlePageTag(TaggedItemBase):
    content_object = ParentalKey(
        "articles.ArticlePage", on_delete=models.CASCADE, related_name="tagged_items"
    )


class ArticlePage(BasePage):
    """One article: news, a case or an explanation.

    `published_at` and `content_updated_at` are what readers are told; when the database row was written is Wagtail's
    business.
    """

    kicker = models.CharField(
        _("kicker"),
        max_length=20,
        blank=True,
        help_text=_("A word before the title, such as 喜报."),
    )
    subtitle = models.CharField(_("subtitle"), max_length=120, blank=True)
    source_name = models.CharField(_("source"), max_length=80, blank=True)
    source_url = models.URLField(_("address of the source"), max_length=500, blank=True)
    author = models.CharField(_("author"), max_length=80, blank=True)
    published_at = models.DateTimeField(_("published"), default=timezone.now)
    content_updated_at = models.DateTimeField(
        _("updated"),
        null=True,
        blank=True,
        help_text=_("When the text last changed. Empty: as published."),
    )
    cover_image = models.ForeignKey(
        "images.CustomImage",
        verbose_name=_("cover image"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    summary = models.TextField(_("summary"), max_length=300, blank=True)
    cities = ParentalManyToManyField(
        "cities.City",
        verbose_name=_("cities"),
        blank=True,
        related_name="articles",
        help_text=_(
            "Cities and provinces that the article is for. None: the whole country."
        ),
    )
    excluded_cities = ParentalManyToManyField(
        "cities.City",
        verbose_name=_("except"),
        blank=True,
        related_name="+",
        help_text=_("Cities and provinces in which the article is not shown."),
    )
    category = models.ForeignKey(
        ArticleCategory,
        verbose_name=_("category"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="articles",
    )
    tags = ClusterTaggableManager(
        through=ArticlePageTag, verbose_name=_("tags"), blank=True
    )
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)
    initial_views = models.PositiveIntegerField(
        _("earlier views"),
        default=0,
        help_text=_("Views that the article had before it came to this site."),
    )
    import_key = models.CharField(
        max_length=64, blank=True, db_index=True, editable=False
    )
    import_digest = models.CharField(max_length=64, blank=True, editable=False)

    objects = PageManager.from_queryset(ArticlePageQuerySet)()

    placeholder_fields = [
        *(*BasePage.placeholder_fields, "kicker", "subtitle", "summary")
    ]
    place_field = "cities"

    content_panels = [
        FieldPanel("kicker"),
        *BasePage.content_panels,
        FieldPanel("subtitle"),
        MultiFieldPanel(
            [
                FieldPanel("source_name"),
                FieldPanel("source_url"),
                FieldPanel("author"),
                FieldRowPanel(
                    [FieldPanel("published_at"), FieldPanel("content_updated_at")]
                ),
            ],
            heading=_("Source and time"),
        ),
        FieldPanel("summary"),
        FieldPanel("cover_image"),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("category"),
                FieldPanel("tags"),
                FieldPanel("cities", widget=PlaceSelectMultiple),
                FieldPanel("excluded_cities", widget=PlaceSelectMultiple),
            ],
            heading=_("Where it belongs"),
        ),
        FieldPanel("initial_views"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("kicker"),
        index.SearchField("subtitle"),
        index.SearchField("summary"),
        index.SearchField("body"),
        index.SearchField("source_name"),
        index.SearchField("author"),
        index.RelatedFields("category", [index.SearchField("name")]),
        index.RelatedFields("tags", [index.SearchField("name")]),
        index.FilterField("category"),
        index.FilterField("published_at"),
    ]
    # What the management API reads and writes besides titles and addresses.
    api_fields = [APIField("cities", writable=True)]

    RELATED = 5

    base_form_class = ArticlePageForm

    parent_page_types = ["articles.ArticleIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        # In the order of lists, so that their first pages cost the same however many articles there are.
        indexes = [
            models.Index(fields=["published_at"], name="articles_by_time"),
            models.Index(
                fields=["category", "published_at"], name="articles_of_category_by_time"
            ),
            models.Index(
                Coalesce("content_updated_at", "published_at"),
                name="articles_by_update",
            ),
        ]

    @classmethod
    def to_serve(cls) -> ArticlePageQuerySet:
        return super().to_serve().select_related("category", "cover_image")

    @property
    def list_url(self) -> str:
        """The address of the list that the article stands in: the article's own is that with a slug behind."""
        return self.url.rstrip("/").rpartition("/")[0] + "/"

    @property
    def updated_at(self) -> Any:
        """The time that readers see as the article's last change."""
        return self.content_updated_at or self.published_at

    @property
    def views(self) -> int:
        """Those that it had before it came here, and those that were counted since."""
        counted = getattr(self, "view_total", None)
        return self.initial_views + (counted.total if counted else 0)

    @property
    def summary_text(self) -> str:
        return self.resolved.summary or super().summary_text

    def get_related_articles(self, request: HttpRequest) -> list[ArticleLine]:
        """The newest other articles: of the same category, or of all when this one has none.

        The newest of a category are the same for all articles in it.
        """
        locale, category = self.locale, self.category

        def find_newest(chrome: Chrome) -> list[ArticleLine]:
            listed = ArticlePage.objects.listed(locale=locale, category=category)
            newest = listed.on_site_of(self).defer("body")[: self.RELATED + 1]
            return article_lines(newest, bare_request(chrome.site))

        chrome = get_chrome(request)
        if chrome is None:
            return []
        place = self.path[: 2 * self.steplen]
        lines = remember_part(
            chrome, find_newest, place, self.locale_id, self.category_id
        )
        return [line for line in lines if line.pk != self.pk][: self.RELATED]

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["related"] = self.get_related_articles(request)
        return context

    def clean(self) -> None:
        super().clean()
        if self.content_updated_at and self.content_updated_at < self.published_at:
            raise ValidationError(
                {
                    "content_updated_at": _(
                        "Choose a time after the article was published."
                    )
                }
            )
