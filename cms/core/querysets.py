from django.db.models import (
    BigIntegerField,
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    OuterRef,
)
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet

from cms.core.remembering import is_remembering, remember


def is_restricted() -> Exists:
    """Whether a view restriction stands on a page or above it, asked within the query for the pages.

    Wagtail's own `public()` asks for all restrictions first.
    """
    restrictions = PageViewRestriction.objects.alias(
        closed=ExpressionWrapper(OuterRef("path"), CharField())
    )
    # The paths of a page's ancestors are the beginnings of its own.
    return Exists(restrictions.filter(closed__startswith=F("page__path")))


def restricted_paths() -> tuple[str, ...]:
    """The paths of the pages that a view restriction stands on."""
    paths = PageViewRestriction.objects.values_list("page__path", flat=True)
    return remember(("restricted paths",), lambda: tuple(paths))


def without_restricted(pages: PageQuerySet) -> PageQuerySet:
    """The pages that are below no view restriction.

    Where it is remembered which pages are restricted, the query names them: told to compare each page with each
    restriction, a database that has statistics of one and not of the other may begin at the wrong end.
    """
    if not is_remembering():
        return pages.filter(~is_restricted())
    for path in restricted_paths():
        pages = pages.exclude(path__startswith=path)
    return pages


def written_in(pages: PageQuerySet, locale_id: int) -> PageQuerySet:
    """The pages in a language, not to be looked up by it.

    SQLite, which has no statistics, would take the index on languages for the best that there is, and sort all pages of
    one for the first few of a list. The sign before the column says that it is of no use.
    """
    language = Func(
        F("locale_id"), template="+%(expressions)s", output_field=BigIntegerField()
    )
    return pages.alias(language=language).filter(language=locale_id)


def tell_restricted(pages: PageQuerySet) -> PageQuerySet:
    """The pages, each ready to be asked by `is_open`."""
    # Where the restrictions are remembered, they need not be asked for.
    return pages if is_remembering() else pages.annotate(is_restricted=is_restricted())


def is_open(page: Page) -> bool:
    """Whether no view restriction stands on a page that was found by `tell_restricted`, or above it."""
    if hasattr(page, "is_restricted"):
        return not page.is_restricted
    return not page.path.startswith(restricted_paths())


class BasePageQuerySet(PageQuerySet):
    def public(self) -> "BasePageQuerySet":
        return without_restricted(self)
