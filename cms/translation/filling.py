"""Texts that a machine translates, in a fixed number of queries. What people have written is never touched."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db.models import Model, SlugField
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.machine_translators.base import BaseMachineTranslator
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.strings import StringValue, validate_translation_links

from cms.translation.engine import SLUG, chosen_slug
from cms.translation.translators import find_translator

MACHINE = StringTranslation.TRANSLATION_TYPE_MACHINE
LETTER = re.compile(r"[^\W\d_]")


class Text(NamedTuple):
    """A source text at its place, and its translation, if there is one."""

    segment: StringSegment
    translation: StringTranslation | None

    @property
    def source(self) -> str:
        return self.segment.string.data

    @property
    def field_name(self) -> str:
        return self.segment.context.path.partition(".")[0]


def fill_texts(record: Translation, user: Any = None) -> None:
    translator = find_translator(record.source.locale, record.target_locale)
    open_texts = [
        text for text in texts_of(record) if is_open(text.translation, translator)
    ]
    kept = dict(keep_codes(record, open_texts))
    write(record, kept, "", user)
    words = [text for text in open_texts if text not in kept]
    if translator:
        translated = translate(record, words, translator)
        write(record, translated, str(translator.display_name), user)
        fill_slug(record, user)


def texts_of(record: Translation) -> list[Text]:
    segments = StringSegment.objects.filter(source=record.source)
    translations = {
        (each.translation_of_id, each.context_id): each
        for each in StringTranslation.objects.filter(
            locale=record.target_locale, context__object_id=record.source.object_id
        )
    }
    return [
        Text(segment, translations.get((segment.string_id, segment.context_id)))
        for segment in segments.select_related("string", "context")
    ]


def is_open(
    translation: StringTranslation | None, translator: BaseMachineTranslator | None
) -> bool:
    """Whether a machine may write: nobody has, or another machine did."""
    if translation is None:
        return True
    if translation.translation_type != MACHINE or not translation.tool_name:
        return False
    return translator is not None and translation.tool_name != translator.display_name


def keep_codes(
    record: Translation, texts: list[Text]
) -> Iterator[tuple[Text, str | None]]:
    """What reads the same in every language: figures, and slugs, which for pages come last."""
    model: type[Model] = record.source.specific_content_type.model_class()
    slugs = {f.name for f in model._meta.get_fields() if isinstance(f, SlugField)}
    for text in texts:
        if text.field_name in slugs and not issubclass(model, Page):
            yield text, text.source
        elif text.field_name in slugs:
            yield text, text.source if text.source.isascii() else None
        elif not LETTER.search(re.sub(r"<[^>]*>|&\w+;", "", text.source)):
            yield text, text.source


def translate(
    record: Translation, texts: list[Text], translator: BaseMachineTranslator
) -> dict[Text, str | None]:
    if not texts:
        return {}
    values = {text: StringValue(text.source) for text in texts}
    translated = translator.translate(
        record.source.locale, record.target_locale, list(dict.fromkeys(values.values()))
    )
    found = {text: translated.get(value) for text, value in values.items()}
    return {text: value and value.data for text, value in found.items()}


def write(
    record: Translation,
    filled: dict[Text, str | None],
    tool_name: str,
    user: Any,
) -> None:
    """`tool_name`: empty for what reads the same in every language."""
    created: list[StringTranslation] = []
    changed: list[StringTranslation] = []
    for text, data in filled.items():
        if not data:
            continue
        row = text.translation or StringTranslation(
            translation_of=text.segment.string,
            context=text.segment.context,
            locale=record.target_locale,
        )
        row.data = data
        row.translation_type = MACHINE
        row.tool_name = tool_name
        row.last_translated_by = user
        row.updated_at = timezone.now()
        row.has_error, row.field_error = not is_valid(text.source, data), ""
        (changed if row.pk else created).append(row)
    StringTranslation.objects.bulk_create(created, ignore_conflicts=True)
    names = ["data", "tool_name", "last_translated_by", "updated_at", "has_error"]
    StringTranslation.objects.bulk_update(changed, [*names, "field_error"])


def is_valid(source: str, data: str) -> bool:
    """As wagtail-localize checks a text when it is saved."""
    try:
        StringValue.from_translated_html(data)
        validate_translation_links(source, data)
    except ValueError:
        return False
    return True


def fill_slug(record: Translation, user: Any) -> None:
    """Made of the translated title, which is known only now."""
    if not issubclass(record.source.specific_content_type.model_class(), Page):
        return
    texts = {text.segment.context.path: text for text in texts_of(record)}
    slug = texts.get(SLUG)
    if slug and slug.translation is None:
        title = texts["title"].translation
        written = StringValue(title.data).render_text() if title else ""
        suggested = chosen_slug(record.source, record.target_locale, title=written)
        write(record, {slug: suggested}, "", user)
