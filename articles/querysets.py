from typing import TYPE_CHECKING, Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from wagtail.models import Locale, Page

from cms.cities.models import City
from cms.core.querysets import BasePageQuerySet, written_in

if TYPE_CHECKING:
    from articles.models import ArticleCategory


class ArticlePageQuerySet(BasePageQuerySet):
    def newest_first(self) -> "ArticlePageQuerySet":
        return self.order_by("-published_at", "-pk")

    def listed(
        self, *, locale: Locale, category: "ArticleCategory | None" = None
    ) -> "ArticlePageQuerySet":
        """What anybody may see in a list: published, unrestricted, in one language, newest first."""
        articles = written_in(self.live().public(), locale.pk).newest_first()
        return articles.filter(category=category) if category else articles

    def on_site_of(self, page: Page) -> "ArticlePageQuerySet":
        """Articles below the same home page, which stands right below the root of the tree."""
        return self.filter(path__startswith=page.path[: 2 * page.steplen])

    def with_listing_relations(self) -> "ArticlePageQuerySet":
        """Loads what a list shows of each article: three queries however long the list."""
        articles = self.select_related("category", "cover_image")
        return articles.prefetch_related("cover_image__renditions", "cities")

    def with_views(self) -> "ArticlePageQuerySet":
        """Loads the number of views along. An answer that shows it is out of date within a minute."""
        return self.select_related("view_total")

    def for_city(self, city: City) -> "ArticlePageQuerySet":
        """What a city is shown: articles for it first, then those for its province, then the national ones.

        Articles for other places only are left out, and those that except the city or its province.
        """
        places = [place.pk for place in city.lineage]
        chosen = _places_of(self.model.cities)
        excluded = _places_of(self.model.excluded_cities)
        return (
            self.annotate(
                is_local=Exists(chosen.filter(city=city)),
                is_regional=Exists(chosen.filter(city__in=places)),
            )
            .filter(Q(is_regional=True) | ~Exists(chosen))
            .filter(~Exists(excluded.filter(city__in=places)))
            .order_by(
                Case(
                    When(is_local=True, then=Value(0)),
                    When(is_regional=True, then=Value(1)),
                    default=Value(2),
                ),
                "-published_at",
                "-pk",
            )
        )


def _places_of(relation: Any) -> QuerySet:
    """The rows of a many-to-many relation that belong to the article of the outer query."""
    return relation.through.objects.filter(articlepage=OuterRef("pk"))
