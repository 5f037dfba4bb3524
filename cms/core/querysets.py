from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef
from wagtail.models import PageViewRestriction
from wagtail.query import PageQuerySet


def is_restricted() -> Exists:
    """Whether a view restriction stands on a page or above it, asked within the query for the pages.

    Wagtail's own `public()` asks for all restrictions first.
    """
    restrictions = PageViewRestriction.objects.alias(
        closed=ExpressionWrapper(OuterRef("path"), CharField())
    )
    # The paths of a page's ancestors are the beginnings of its own.
    return Exists(restrictions.filter(closed__startswith=F("page__path")))


class BasePageQuerySet(PageQuerySet):
    def public(self) -> "BasePageQuerySet":
        return self.filter(~is_restricted())
