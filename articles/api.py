"""What the delivery API says about articles."""

from typing import Annotated, Any, Literal

from django.db.models.functions import Coalesce
from django.http import HttpRequest
from ninja import Field, FilterLookup, FilterSchema, Query, Router, Schema
from ninja.errors import ValidationError
from ninja.pagination import paginate

from articles.models import ArticleIndexPage, ArticlePage
from articles.querysets import ArticlePageQuerySet
from cms.api.body import body_representation
from cms.api.pages import get_typed_page
from cms.api.pagination import Pagination
from cms.api.parameters import Moment, PageId, Slug, Text
from cms.api.registry import register_page_schema
from cms.api.schemas import BodyBlockSchema, ImageSchema, LocalTime, PageSchema
from cms.api.schemas.pages import Context, page_path, resolved
from cms.api.scope import PageScope, Scope
from cms.cities.models import City
from cms.core.key_lists import KeyList
from cms.images.representation import image_representation
from cms.search.finding import find
from cms.search.questions import SearchText

router = Router(tags=["articles"])


class CategorySchema(Schema):
    slug: str
    name: str


class ArticleCitySchema(Schema):
    """A city or province that an article is for."""

    slug: str
    level: Literal["city", "province"]
    name: str = Field(alias="local_name")


class SourceSchema(Schema):
    """Where the article first appeared (新闻来源)."""

    name: str
    url: str


class ArticleSummary(Schema):
    """What a list shows of an article."""

    id: int
    kicker: str
    title: str
    subtitle: str
    path: str
    published_at: LocalTime
    updated_at: LocalTime
    views: int
    summary: str
    cover_image: ImageSchema | None
    category: CategorySchema | None
    cities: list[ArticleCitySchema] = Field(description="None: the whole country.")

    resolve_kicker = resolved("kicker")
    resolve_title = resolved("title")
    resolve_subtitle = resolved("subtitle")

    @staticmethod
    def resolve_path(article: ArticlePage, context: Context) -> str | None:
        return page_path(article, context["request"])

    @staticmethod
    def resolve_summary(article: ArticlePage) -> str:
        return article.summary_text

    @staticmethod
    def resolve_cover_image(article: ArticlePage) -> dict[str, Any] | None:
        return image_representation(article.cover_image)


class ArticleSchema(PageSchema):
    type: Literal["articles.ArticlePage"]
    kicker: str
    subtitle: str
    source: SourceSchema | None
    author: str
    published_at: LocalTime
    updated_at: LocalTime
    views: int
    cover_image: ImageSchema | None
    summary: str
    category: CategorySchema | None
    tags: list[str]
    cities: list[ArticleCitySchema] = Field(description="None: the whole country.")
    excluded_cities: list[ArticleCitySchema] = Field(
        description="Where the article is not shown."
    )
    body: list[BodyBlockSchema]  # type: ignore[valid-type]  # a union that is made, not written

    resolve_kicker = resolved("kicker")
    resolve_subtitle = resolved("subtitle")

    @classmethod
    def load(cls, pages: ArticlePageQuerySet) -> ArticlePageQuerySet:
        return super().load(pages).with_listing_relations().with_views()

    @staticmethod
    def resolve_source(article: ArticlePage) -> dict[str, str] | None:
        if not article.source_name:
            return None
        return {"name": article.source_name, "url": article.source_url}

    @staticmethod
    def resolve_cover_image(article: ArticlePage) -> dict[str, Any] | None:
        return image_representation(article.cover_image)

    @staticmethod
    def resolve_summary(article: ArticlePage) -> str:
        return article.summary_text

    @staticmethod
    def resolve_tags(article: ArticlePage) -> list[str]:
        return [tag.name for tag in article.tags.all()]

    @staticmethod
    def resolve_body(article: ArticlePage, context: Context) -> list[dict[str, Any]]:
        return body_representation(article.shown_body, article, context["request"])


class ArticleIndexSchema(PageSchema):
    """The page of a list; the list itself is at `articles/`."""

    type: Literal["articles.ArticleIndexPage"]
    intro: str

    resolve_intro = resolved("intro")


register_page_schema(ArticlePage, ArticleSchema)
register_page_schema(ArticleIndexPage, ArticleIndexSchema)


class ArticleFilters(FilterSchema):
    category: Annotated[Slug | None, FilterLookup("category__slug")] = Field(
        None, description="Slug of a category."
    )
    tag: Annotated[Text | None, FilterLookup("tagged_items__tag__name")] = Field(
        None, description="A tag, as it is written."
    )
    published_after: Annotated[Moment | None, FilterLookup("published_at__gte")] = (
        Field(None, description="This moment or later.")
    )
    published_before: Annotated[Moment | None, FilterLookup("published_at__lt")] = (
        Field(None, description="Before this moment.")
    )

    @property
    def is_rare(self) -> bool:
        """Whether few others ask for the same list."""
        return any((self.tag, self.published_after, self.published_before))


CITY = (
    "Slug of a city: the articles that its visitors are shown. Those for the city come first, then those for its "
    "province, then the national ones, unless `order` or `search` is given."
)
SEARCH = (
    "Words that an article must all have, in its texts, tags or category. Chinese is found without regard to words, "
    "simplified or traditional."
)
ORDER = "When it is not given: the most relevant first with `search`, else the newest."
Order = Literal["-published_at", "published_at", "-updated_at", "updated_at"]


@router.get(
    "/",
    response=list[ArticleSummary],
    url_name="list_articles",
    operation_id="articles_list",
    summary="Articles",
)
@paginate(Pagination)
def list_articles(
    request: HttpRequest,
    scope: Query[Scope],
    filters: Query[ArticleFilters],
    city: Annotated[Slug | None, Field(description=CITY)] = None,
    search: Annotated[SearchText | None, Field(description=SEARCH)] = None,
    order: Annotated[Order | None, Field(description=ORDER)] = None,
) -> ArticlePageQuerySet | KeyList:
    def find_articles() -> ArticlePageQuerySet:
        articles = filters.filter(scope.pages(ArticlePage)).with_listing_relations()
        articles = articles.with_views().defer("body")
        if city:
            articles = articles.for_city(find_city(city))
        if order is None and search:
            return find(articles, search)
        if order or not city:
            articles = in_order(articles, order or "-published_at")
        return find(articles, search, by_relevance=False) if search else articles

    if city or search or filters.is_rare:
        return find_articles()
    places = [root.path for root in scope.roots]
    return KeyList(find_articles, *places, filters.category, order)


def find_city(slug: str) -> City:
    city = City.objects.cities().with_province().filter(slug=slug).first()
    if city is None:
        message = "No city has this slug: cities/ lists them"
        raise ValidationError(
            [{"type": "unknown_city", "loc": ["query", "city"], "msg": message}]
        )
    return city


def in_order(articles: ArticlePageQuerySet, order: Order) -> ArticlePageQuerySet:
    direction = "-" if order.startswith("-") else ""
    updated = Coalesce("content_updated_at", "published_at")
    return articles.annotate(updated_order=updated).order_by(
        order.replace("updated_at", "updated_order"), f"{direction}pk"
    )


@router.get(
    "/{article_id}/",
    response=ArticleSchema,
    url_name="detail_article",
    operation_id="articles_detail",
    summary="Article",
)
def get_article(
    request: HttpRequest, article_id: PageId, scope: Query[PageScope]
) -> ArticlePage:
    return get_typed_page(ArticlePage, article_id, scope)
