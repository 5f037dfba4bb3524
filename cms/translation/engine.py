"""What wagtail-localize is made to do otherwise, wherever it is used from: its own views, ours, or a program.

Its models have no place where one could do this. Each method that is replaced here is named with its reason; the tests
of `tests/translation/` fail when a new version does without them, or calls others.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from modelcluster.fields import ParentalManyToManyField
from wagtail.models import DraftStateMixin, Locale, Page, TranslatableMixin
from wagtail_localize import models, operations
from wagtail_localize.models import Translation, TranslationLog, TranslationSource
from wagtail_localize.segments import StringSegmentValue, extract
from wagtail_localize.strings import StringValue

from cms.translation.extracting import Extractor
from cms.translation.identifiers import repair_ids
from cms.translation.segments import refresh_segments
from cms.translation.slugs import find_translation, suggest_slug

SLUG = "slug"


def install() -> None:
    if hasattr(TranslationSource, "is_improved"):
        return
    TranslationSource.is_improved = True
    # Content that was imported without block ids lost its texts, or failed.
    for name in ("get_or_create_from_instance", "update_or_create_from_instance"):
        made_from = getattr(TranslationSource, name).__func__
        setattr(TranslationSource, name, classmethod(with_ids(made_from)))
    TranslationSource.update_from_db = from_repaired(TranslationSource.update_from_db)
    extract.StreamFieldSegmentExtractor = Extractor
    # Twelve queries for each text.
    TranslationSource.refresh_segments = refresh_segments
    # Relations to many were copied once, and never again.
    models.copy_synchronised_fields = with_relations(models.copy_synchronised_fields)
    # Slugs were made ASCII by leaving out what is not.
    TranslationSource._get_segments_for_translation = with_slug(
        TranslationSource._get_segments_for_translation
    )
    # Pages above were copied as published aliases, and the page itself under its source's slug.
    TranslationSource.create_or_update_translation = with_place(
        TranslationSource.create_or_update_translation
    )
    # What a page refers to was published untranslated, if it cannot be a draft.
    operations.TranslationCreator = CautiousTranslationCreator


def with_ids(make: Callable) -> Callable:
    @wraps(make)
    def make_with_ids(cls: type, instance: Model) -> Any:
        if isinstance(instance, Page):
            instance = instance.specific
        repair_ids(instance)
        return make(cls, instance)

    return make_with_ids


def from_repaired(update: Callable) -> Callable:
    @wraps(update)
    def update_from_repaired(source: TranslationSource) -> None:
        repair_ids(source.get_source_instance())
        update(source)

    return update_from_repaired


def with_relations(copy: Callable) -> Callable:
    @wraps(copy)
    def copy_with_relations(source: Model, target: Model) -> None:
        copy(source, target)
        for field in source._meta.get_fields():
            if isinstance(field, ParentalManyToManyField) and field.editable:
                related = getattr(source, field.name).all()
                getattr(target, field.name).set(list(related))

    return copy_with_relations


def with_slug(get_segments: Callable) -> Callable:
    @wraps(get_segments)
    def get_segments_with_slug(
        source: TranslationSource, locale: Locale, fallback: bool = False
    ) -> list[Any]:
        segments = get_segments(source, locale, fallback=fallback)
        if issubclass(source.specific_content_type.model_class(), Page):
            slug = chosen_slug(
                source,
                locale,
                title=words_of(segments, "title"),
                written=words_of(segments, SLUG),
            )
            for segment in segments:
                if segment.path == SLUG:
                    segment.string = StringValue.from_plaintext(slug)
        return segments

    return get_segments_with_slug


def words_of(segments: list[Any], path: str) -> str:
    """A plain text field's words among the segments of an object."""
    found = [
        segment.string.render_text()
        for segment in segments
        if isinstance(segment, StringSegmentValue) and segment.path == path
    ]
    return found[0] if found else ""


def chosen_slug(
    source: TranslationSource, locale: Locale, *, title: str = "", written: str = ""
) -> str:
    """The slug that the translation was given, else the one that suits it. Both texts are the source's own where they
    are not translated."""
    page = source.get_source_instance()
    if written and written != page.slug and written.isascii():
        return written
    return suggest_slug(page, locale, "" if title == page.title else title)


def with_place(write: Callable) -> Callable:
    @wraps(write)
    def write_in_place(
        source: TranslationSource, locale: Locale, *args: Any, **options: Any
    ) -> Any:
        original = source.as_instance()
        if not isinstance(original, Page):
            return write(source, locale, *args, **options)
        translation = find_translation(original, locale)
        if translation and translation.live and not options.get("publish", True):
            return write_draft(source, locale, options.get("user")), False
        if not translation:
            make_place(original, locale, user=options.get("user"))
            original.slug = chosen_slug(source, locale)
            original.copy_for_translation(locale, copy_parents=True)
        try:
            return write(source, locale, *args, **options)
        except AttributeError as error:
            # It expects the name of a field, which the check of a draft's title does not tell.
            if isinstance(error.__context__, ValidationError):
                raise error.__context__ from None
            raise

    return write_in_place


def write_draft(source: TranslationSource, locale: Locale, user: Any) -> Page:
    """A published translation goes on as it is: its row was written, whatever was asked for."""
    page = source.get_ephemeral_translated_instance(locale, fallback=True)
    revision = page.save_revision(user=user)
    TranslationLog.objects.create(source=source, locale=locale, revision=revision)
    return page


def make_place(page: Page, locale: Locale, user: Any = None) -> None:
    """Draft translations of the pages above that have none."""
    parent = page.get_parent()
    if parent.is_root() or find_translation(parent, locale):
        return
    source, _created = TranslationSource.get_or_create_from_instance(parent)
    Translation.objects.get_or_create(source=source, target_locale=locale)
    source.create_or_update_translation(locale, user=user, publish=False, fallback=True)


class CautiousTranslationCreator(operations.TranslationCreator):
    def create_translations(
        self, instance: TranslatableMixin, include_related_objects: bool = True
    ) -> None:
        """What is only referred to and cannot be a draft is left for when it is translated for its own sake."""
        if not include_related_objects and not isinstance(instance, DraftStateMixin):
            return
        super().create_translations(instance, include_related_objects)
