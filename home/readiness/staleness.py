"""Which city lists have changed since their readiness was computed."""

from collections.abc import Collection, Iterable

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from home.models import CityIndexPage, CityListReadiness, CityPage, CityReadiness

WAITING = "_city_lists_waiting_for_readiness"


def refresh_after_commit(lists: Iterable[CityIndexPage]) -> None:
    """Have the lists computed in the background, once the change that was made to them is certain.

    However many changes a transaction makes, the first callback of its commit does the work of all.
    """
    if ids := {city_list.pk for city_list in lists}:
        waiting_lists().update(ids)
        # Robust: what was saved is saved, whatever happens to its readiness.
        transaction.on_commit(refresh_waiting, robust=True)


def waiting_lists() -> set[int]:
    """Kept with the connection. Those of a transaction that was rolled back are computed once in vain."""
    connection = transaction.get_connection()
    if not hasattr(connection, WAITING):
        setattr(connection, WAITING, set())
    return getattr(connection, WAITING)


def refresh_waiting() -> None:
    waiting = waiting_lists()
    ids = set(waiting)
    waiting.clear()
    if ids:
        refresh(ids)


def refresh(list_ids: Collection[int]) -> None:
    from home.readiness.tasks import refresh_readiness  # computing imports this module

    mark_stale(list_ids)
    refresh_readiness.enqueue()


@transaction.atomic
def mark_stale(list_ids: Collection[int]) -> None:
    """Lists that were deleted meanwhile are left out."""
    lists = CityIndexPage.objects.filter(pk__in=list_ids).order_by("pk")
    for city_list in lists:
        marks = CityListReadiness.objects.filter(city_list=city_list)
        if not marks.update(changes=F("changes") + 1):
            CityListReadiness.objects.get_or_create(city_list=city_list)
        rows_of(city_list).filter(is_stale=False).update(is_stale=True)


def stale_lists() -> QuerySet[CityIndexPage]:
    """Those that were never computed, or not since their last change."""
    current = CityListReadiness.objects.filter(
        city_list=OuterRef("pk"), changes=F("computed_changes")
    )
    return CityIndexPage.objects.filter(~Exists(current)).select_related("locale")


def lists_below_another_threshold(
    lists: Iterable[CityIndexPage], threshold: int
) -> QuerySet[CityIndexPage]:
    """Those of `lists` that the threshold would change, or that are just being computed with a former one."""
    current = CityListReadiness.objects.filter(
        Q(changes=F("computed_changes"), threshold=threshold),
        city_list=OuterRef("pk"),
    )
    ids = [city_list.pk for city_list in lists]
    return CityIndexPage.objects.filter(~Exists(current), pk__in=ids)


def count_changes(city_list: CityIndexPage) -> int:
    """Ask before anything else is read: a change that comes later counts up from here."""
    mark, _created = CityListReadiness.objects.get_or_create(city_list=city_list)
    return mark.changes


@transaction.atomic
def note_computed(city_list: CityIndexPage, changes: int, threshold: int) -> None:
    """The list is current, unless it has changed since `changes` were counted.

    Then somebody may have computed the newer state meanwhile, and these results have replaced theirs: once more.
    """
    marks = CityListReadiness.objects.filter(city_list=city_list)
    if marks.filter(changes=changes).update(
        computed_changes=changes, threshold=threshold
    ):
        rows_of(city_list).filter(is_stale=True).update(is_stale=False)
    else:
        marks.update(computed_changes=None)


def rows_of(city_list: CityIndexPage) -> QuerySet[CityReadiness]:
    pages = CityPage.objects.child_of(city_list).order_by()
    return CityReadiness.objects.filter(page__in=pages.values("pk"))
