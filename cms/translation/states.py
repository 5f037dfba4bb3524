"""How translations stand to their sources, for many pages in a fixed number of queries."""

from collections.abc import Collection, Iterable
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, TextChoices
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    Translation,
    TranslationLog,
)


class State(TextChoices):
    CURRENT = "current", _("Up to date")
    OUTDATED = "outdated", _("Out of date")
    INCOMPLETE = "incomplete", _("Texts are missing")
    MISSING = "missing", _("Not translated")
    BY_HAND = "by_hand", _("Kept by hand")


class Place(NamedTuple):
    translation_key: UUID
    locale_id: int


def with_state(records: QuerySet) -> QuerySet:
    """Translations with what decides how they stand: `is_incomplete`, `written_at`."""
    translated = StringTranslation.objects.filter(
        translation_of_id=OuterRef("string_id"),
        context_id=OuterRef("context_id"),
        locale_id=OuterRef(OuterRef("target_locale_id")),
        has_error=False,
    )
    open_segments = StringSegment.objects.filter(source_id=OuterRef("source_id"))
    logs = TranslationLog.objects.filter(
        source_id=OuterRef("source_id"), locale_id=OuterRef("target_locale_id")
    )
    return records.select_related("source", "target_locale").annotate(
        is_incomplete=Exists(open_segments.filter(~Exists(translated))),
        written_at=Subquery(logs.order_by("-pk").values("created_at")[:1]),
    )


def find_states(
    pages: Iterable[Page], locales: Collection[Locale]
) -> dict[Place, State]:
    """The state of each page, which is a source, in each of the languages."""
    pages = list(pages)
    keys = {page.translation_key for page in pages}
    targets = Page.objects.filter(
        translation_key__in=keys, locale__in=locales, alias_of=None
    )
    existing = {Place(*each) for each in targets.values_list(*Place._fields)}
    records = with_state(
        Translation.objects.filter(
            source__object_id__in=keys, target_locale__in=locales
        )
    )
    by_place = {
        Place(record.source.object_id, record.target_locale_id): record
        for record in records
    }
    return {
        place: state_of(page, place in existing, by_place.get(place))
        for page in pages
        for locale in locales
        if locale.pk != page.locale_id
        for place in [Place(page.translation_key, locale.pk)]
    }


def state_of(page: Page, exists: bool, record: Translation | None) -> State:
    if not exists:
        return State.MISSING
    if (
        record is None
        or not record.enabled
        or record.source.locale_id != page.locale_id
    ):
        return State.BY_HAND
    read_at = record.source.last_updated_at
    if page.last_published_at and page.last_published_at > read_at:
        return State.OUTDATED
    if record.is_incomplete:
        return State.INCOMPLETE
    if record.written_at is None or record.written_at < read_at:
        return State.OUTDATED
    return State.CURRENT


def is_source() -> Q:
    """Whether a page is what others are translated from: it is not itself a translation that is kept up to date."""
    records = Translation.objects.filter(
        source__object_id=OuterRef("translation_key"),
        target_locale_id=OuterRef("locale_id"),
        enabled=True,
    ).exclude(source__locale_id=F("target_locale_id"))
    return ~Q(Exists(records))
