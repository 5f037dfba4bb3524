"""How translations stand to their sources. Decided by the database, so that lists can be filtered and counted by it."""

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextChoices,
    Value,
    When,
)
from django.utils.translation import pgettext_lazy
from wagtail.models import Locale, Page
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    Translation,
    TranslationLog,
)


class State(TextChoices):
    CURRENT = "current", pgettext_lazy("translation", "Up to date")
    OUTDATED = "outdated", pgettext_lazy("translation", "Out of date")
    INCOMPLETE = "incomplete", pgettext_lazy("translation", "Texts are missing")
    MISSING = "missing", pgettext_lazy("translation", "Not translated")
    BY_HAND = "by_hand", pgettext_lazy("translation", "Kept by hand")


class Place(NamedTuple):
    translation_key: UUID
    locale_id: int


def with_state(pages: QuerySet, locale: Locale) -> QuerySet:
    """Sources with the `state` of their translation into a language."""
    own = {
        "source__object_id": OuterRef("translation_key"),
        "source__locale_id": OuterRef("locale_id"),
    }
    translations = Page.objects.filter(
        translation_key=OuterRef("translation_key"), locale=locale, alias_of=None
    )
    records = Translation.objects.filter(**own, target_locale=locale, enabled=True)
    logs = TranslationLog.objects.filter(**own, locale=locale).order_by("-pk")
    read_at = Subquery(records.values("source__last_updated_at")[:1])
    written_at = Subquery(logs.values("created_at")[:1])
    late = Q(written_at=None) | Q(written_at__lt=F("read_at"))
    state = Case(
        When(~Exists(translations), then=Value(State.MISSING)),
        When(~Exists(records), then=Value(State.BY_HAND)),
        When(last_published_at__gt=F("read_at"), then=Value(State.OUTDATED)),
        When(Exists(untranslated(locale, **own)), then=Value(State.INCOMPLETE)),
        When(late, then=Value(State.OUTDATED)),
        default=Value(State.CURRENT),
        output_field=CharField(),
    )
    return pages.annotate(read_at=read_at, written_at=written_at).annotate(state=state)


def untranslated(locale: Locale, **own: Any) -> QuerySet:
    """The texts that are not translated into a language, of these sources."""
    translated = StringTranslation.objects.filter(
        translation_of_id=OuterRef("string_id"),
        context_id=OuterRef("context_id"),
        locale=locale,
        has_error=False,
    )
    return StringSegment.objects.filter(~Exists(translated), **own)


def find_states(
    pages: Iterable[Page], locales: Collection[Locale]
) -> dict[Place, State]:
    """The state of each page, which is a source, in each of the languages: one query for each of these."""
    keys = [page.pk for page in pages]
    states: dict[Place, State] = {}
    for locale in locales:
        sources = Page.objects.filter(pk__in=keys).exclude(locale=locale)
        rows = with_state(sources, locale).values_list("translation_key", "state")
        states |= {Place(key, locale.pk): State(state) for key, state in rows}
    return states


def count_states(pages: QuerySet, locale: Locale) -> dict[State, int]:
    rows = with_state(pages.order_by(), locale).values("state").annotate(n=Count("pk"))
    return {State(row["state"]): row["n"] for row in rows}


def sources(source: Locale) -> QuerySet:
    """The published pages of a language that are no translations of those of another."""
    records = Translation.objects.filter(
        source__object_id=OuterRef("translation_key"),
        target_locale_id=OuterRef("locale_id"),
        enabled=True,
    )
    pages = Page.objects.filter(locale=source, depth__gt=1, live=True)
    return pages.filter(~Exists(records))


def outdated_among(pages: Iterable[Page]) -> set[int]:
    """The keys of those that are translations of something newer."""
    changed = Page.objects.filter(
        translation_key=OuterRef("source__object_id"),
        locale_id=OuterRef("source__locale_id"),
        last_published_at__gt=OuterRef("source__last_updated_at"),
    )
    records = Translation.objects.filter(
        Exists(changed),
        source__object_id=OuterRef("translation_key"),
        target_locale_id=OuterRef("locale_id"),
        enabled=True,
    )
    found = Page.objects.filter(Exists(records), pk__in=[page.pk for page in pages])
    return set(found.values_list("pk", flat=True))
