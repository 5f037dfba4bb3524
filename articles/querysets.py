from typing import TYPE_CHECKING

from django.db.models import Case, Exists, OuterRef, Q, Value, When
from wagtail.models import Locale, Page
from wagtail.query import PageQuerySet

from cms.cities.models import City

if TYPE_CHECKING:
    from articles.models import ArticleCategory


class ArticlePageQuerySet(PageQuerySet):
    def newest_first(self) -> "ArticlePageQuerySet":
        return self.order_by("-published_at", "-pk")

    def listed(
        self, *, locale: Locale, category: "ArticleCategory | None" = None
    ) -> "ArticlePageQuerySet":
        """What anybody may see in a list: published, unrestricted, in one language, newest first."""
        articles = self.live().public().filter(locale=locale).newest_first()
        return articles.filter(category=category) if category else articles

    def on_site_of(self, page: Page) -> "ArticlePageQuerySet":
        """Articles below the same home page, which stands right below the root of the tree."""
        return self.filter(path__startswith=page.path[: 2 * page.steplen])

    def with_listing_relations(self) -> "ArticlePageQuerySet":
        """Loads what a list shows of each article: four queries however long the list."""
        return self.select_related("category", "cover_image").prefetch_related(
            "cover_image__renditions", "cities"
        )

    def for_city(self, city: City) -> "ArticlePageQuerySet":
        """Articles about the city first, then those about no city in particular; none about other cities only."""
        cities = self.model.cities.through.objects.filter(articlepage=OuterRef("pk"))
        return (
            self.annotate(is_local=Exists(cities.filter(city=city)))
            .filter(Q(is_local=True) | ~Exists(cities))
            .order_by(
                Case(When(is_local=True, then=Value(0)), default=Value(1)),
                "-published_at",
                "-pk",
            )
        )
