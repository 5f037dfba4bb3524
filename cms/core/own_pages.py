"""Which pages are a limited editor's own: those whose places are all theirs, in every version that is or may be shown.

A page type names the field that holds its places in `place_field`; pages of other types are nobody's own.
"""

from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from wagtail.models import Page, Revision, get_page_models

from cms.users.limits import Limits, get_limits

# On the user object, as Wagtail remembers a user's page permissions for the time of a request.
REMEMBERED = "_own_page_ids"


def has_places(model: type[Page] | None) -> bool:
    return bool(getattr(model, "place_field", ""))


def is_own(user: Any, page: Page) -> bool:
    """Whether the user's limits leave them the page. One look at the database answers for all pages of a request."""
    limits = get_limits(user)
    if limits is None:
        return True
    if page.pk is None:
        return has_places(type(page)) and limits.covers(*places_of(page))
    return page.pk in own_page_ids(user, limits)


def places_of(page: Page) -> list[int | None]:
    """The places of a page that is not in the database yet."""
    field = page._meta.get_field(page.place_field)
    if field.many_to_many:
        return [place.pk for place in getattr(page, field.name).all()]
    return [page.serializable_value(field.name)]


def own_page_ids(user: Any, limits: Limits) -> frozenset[int]:
    if not hasattr(user, REMEMBERED):
        querysets = own_pages(limits)
        ids = frozenset(
            pk for pages in querysets for pk in pages.values_list("pk", flat=True)
        )
        setattr(user, REMEMBERED, ids)
    return getattr(user, REMEMBERED)


def forget_own_pages(user: Any) -> None:
    """To be called when the user has written a page: it may be a new one."""
    if hasattr(user, REMEMBERED):
        delattr(user, REMEMBERED)


def own_pages(limits: Limits) -> Iterator[QuerySet]:
    """The pages themselves, a query set for each page type that has places."""
    for model in filter(has_places, get_page_models()):
        pages = limits.filter(model.objects.all(), model.place_field)
        yield pages.exclude(pk__in=pages_with_foreign_versions(pages, limits))


def pages_with_foreign_versions(pages: QuerySet, limits: Limits) -> list[int]:
    """Of the pages, those whose draft or scheduled version is about a place that is not theirs."""
    drafts = pages.filter(has_unpublished_changes=True).values("latest_revision")
    versions = Revision.objects.filter(
        Q(pk__in=drafts) | Q(approved_go_live_at__isnull=False),
        content_type=ContentType.objects.get_for_model(pages.model),
    )
    places = versions.values_list("object_id", f"content__{pages.model.place_field}")
    return [int(pk) for pk, place in places if not limits.covers(*as_list(place))]


def covers_version(limits: Limits, revision: Revision) -> bool:
    """Whether a version of a page is about nothing but their places."""
    model = revision.content_type.model_class()
    if not has_places(model):
        return False
    return limits.covers(*as_list(revision.content.get(model.place_field)))


def as_list(place: Any) -> list[Any]:
    """What a revision holds of a place field: one key or a list of them."""
    return place if isinstance(place, list) else [place]
