"""What a source is made of, written down in a fixed number of queries: wagtail-localize asks a dozen for each text."""

import json
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID, uuid5

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Model, QuerySet
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    String,
    StringSegment,
    Template,
    TemplateSegment,
    TranslatableObject,
    TranslationContext,
    TranslationSource,
)
from wagtail_localize.segments import (
    OverridableSegmentValue,
    RelatedObjectSegmentValue,
    StringSegmentValue,
    TemplateSegmentValue,
)
from wagtail_localize.segments.extract import extract_segments

Rows = dict[Any, Model]


@transaction.atomic
def refresh_segments(source: TranslationSource) -> None:
    """Takes the place of the method of that name."""
    instance = source.as_instance()
    values = extract_segments(instance)
    contexts = find_contexts(source, instance, {value.path for value in values})
    write_segments(source, contexts, values)


def find_contexts(
    source: TranslationSource, instance: Model, paths: set[str]
) -> dict[str, TranslationContext]:
    def build(path: str) -> TranslationContext:
        context = TranslationContext(
            object_id=source.object_id,
            path=path,
            path_id=TranslationContext._get_path_id(path),
        )
        context.field_path = field_path_of(context, instance)
        return context

    rows = TranslationContext.objects.filter(object_id=source.object_id)
    return find_or_create(rows, paths, key=lambda row: row.path, build=build)


def field_path_of(context: TranslationContext, instance: Model) -> str:
    """Which field and blocks a place is in. The method that knows it would write each row by itself."""
    context.save = lambda **kwargs: None
    try:
        return context.get_field_path(instance)
    finally:
        del context.save


def find_or_create(
    rows: QuerySet, keys: Iterable[Any], *, key: Callable[[Any], Any], build: Callable
) -> Rows:
    """The rows by their keys. Somebody else may make the same ones at this moment."""
    wanted = set(keys)
    found = {key(row): row for row in rows}
    missing = wanted - found.keys()
    if missing:
        built = [build(each) for each in sorted(missing, key=str)]
        rows.model._default_manager.bulk_create(built, ignore_conflicts=True)
        found = {key(row): row for row in rows.all()}
    return {each: found[each] for each in wanted}


def find_strings(source: TranslationSource, texts: set[str]) -> dict[UUID, String]:
    texts_by_hash = {String._get_data_hash(text): text for text in texts}

    def build(data_hash: UUID) -> String:
        data = texts_by_hash[data_hash]
        return String(locale_id=source.locale_id, data_hash=data_hash, data=data)

    rows = String.objects.filter(
        locale_id=source.locale_id, data_hash__in=texts_by_hash
    )
    return find_or_create(
        rows, texts_by_hash, key=lambda row: row.data_hash, build=build
    )


def template_uuid(value: TemplateSegmentValue) -> UUID:
    return uuid5(uuid5(Template.BASE_UUID_NAMESPACE, value.format), value.template)


def find_templates(values: list[TemplateSegmentValue]) -> dict[UUID, Template]:
    by_uuid = {template_uuid(value): value for value in values}

    def build(uuid: UUID) -> Template:
        value = by_uuid[uuid]
        return Template(
            uuid=uuid,
            template=value.template,
            template_format=value.format,
            string_count=value.string_count,
        )

    rows = Template.objects.filter(uuid__in=by_uuid)
    return find_or_create(rows, by_uuid, key=lambda row: row.uuid, build=build)


def find_objects(values: list[RelatedObjectSegmentValue]) -> dict[UUID, Model]:
    types = {value.translation_key: value.content_type for value in values}

    def build(translation_key: UUID) -> TranslatableObject:
        return TranslatableObject(
            translation_key=translation_key, content_type=types[translation_key]
        )

    rows = TranslatableObject.objects.filter(pk__in=types)
    return find_or_create(rows, types, key=lambda row: row.pk, build=build)


def as_json(data: Any) -> str:
    return json.dumps(data, cls=DjangoJSONEncoder)


def write_segments(
    source: TranslationSource, contexts: dict[str, TranslationContext], values: list
) -> None:
    def of_type(kind: type) -> list[Any]:
        return [value for value in values if isinstance(value, kind)]

    texts = of_type(StringSegmentValue)
    html = of_type(TemplateSegmentValue)
    related = of_type(RelatedObjectSegmentValue)
    strings = find_strings(source, {value.string.data for value in texts})
    templates = find_templates(html)
    objects = find_objects(related)

    def keep(model: type[Model], kept: list[Any], describe: Callable) -> None:
        rows = [
            model(
                source=source,
                context_id=contexts[value.path].pk,
                order=value.order,
                **describe(value),
            )
            for value in kept
        ]
        keep_rows(model._default_manager.filter(source=source), rows)

    keep(
        StringSegment,
        texts,
        lambda value: {
            "string_id": strings[String._get_data_hash(value.string.data)].pk,
            "attrs": as_json(value.attrs),
        },
    )
    keep(
        TemplateSegment,
        html,
        lambda value: {"template_id": templates[template_uuid(value)].pk},
    )
    keep(
        RelatedObjectSegment,
        related,
        lambda value: {"object_id": objects[value.translation_key].pk},
    )
    keep(
        OverridableSegment,
        of_type(OverridableSegmentValue),
        lambda value: {"data_json": as_json(value.data)},
    )


def keep_rows(stored: QuerySet, wanted: list[Model]) -> None:
    """Make the stored rows be the wanted ones; those that are there already stay, with their keys."""
    fields = stored.model._meta.concrete_fields
    names = [field.attname for field in fields if not field.primary_key]

    def content(row: Model) -> tuple[Any, ...]:
        return tuple(getattr(row, name) for name in names)

    missing = {content(row): row for row in wanted}
    obsolete = [row.pk for row in stored if not missing.pop(content(row), None)]
    if obsolete:
        stored.filter(pk__in=obsolete).delete()
    stored.model._default_manager.bulk_create(missing.values())
