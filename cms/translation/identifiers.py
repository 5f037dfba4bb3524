"""Every block of a stream has an id of its own.

Translations belong to places, and a place is named by the ids on the way to it. Imported content may have none, or the
same ones twice. New ids are made of where a block stands, so that the same content gets the same ids again.
"""

from typing import Any
from uuid import UUID, uuid5

from django.db.models import Model
from wagtail import blocks
from wagtail.fields import StreamField

Raw = list[Any]


def repair_ids(instance: Model) -> None:
    """Give blocks their missing ids, in the object and where it is stored."""
    repaired = {
        field.attname: stream
        for field in instance._meta.get_fields()
        if isinstance(field, StreamField)
        and (stream := repaired_stream(instance, field)) is not None
    }
    for name, stream in repaired.items():
        setattr(instance, name, stream)
    if repaired and instance.pk:
        type(instance)._base_manager.filter(pk=instance.pk).update(**repaired)


def repaired_stream(instance: Model, field: StreamField) -> blocks.StreamValue | None:
    """The stream with ids everywhere; None: it has them."""
    stream = field.value_from_object(instance)
    if not stream:
        return None
    raw = list(stream.raw_data)
    seed = uuid5(getattr(instance, "translation_key", UUID(int=0)), field.name)
    filled = fill_stream(field.stream_block, raw, seed)
    return None if filled == raw else field.stream_block.to_python(filled)


def fill_value(block: blocks.Block, value: Any, seed: UUID) -> Any:
    if isinstance(block, blocks.StreamBlock):
        return fill_stream(block, value or [], seed)
    if isinstance(block, blocks.ListBlock):
        return fill_list(block, value or [], seed)
    if isinstance(block, blocks.StructBlock) and isinstance(value, dict):
        return {
            name: fill_value(block.child_blocks[name], child, uuid5(seed, name))
            if name in block.child_blocks
            else child
            for name, child in value.items()
        }
    return value


def fill_stream(block: blocks.StreamBlock, raw: Raw, seed: UUID) -> Raw:
    ids: set[str] = set()
    return [
        fill_child(
            block.child_blocks.get(child["type"]), child, uuid5(seed, str(at)), ids
        )
        for at, child in enumerate(raw)
    ]


def fill_list(block: blocks.ListBlock, raw: Raw, seed: UUID) -> Raw:
    ids: set[str] = set()
    items = (item if is_item(item) else {"type": "item", "value": item} for item in raw)
    return [
        fill_child(block.child_block, item, uuid5(seed, str(at)), ids)
        for at, item in enumerate(items)
    ]


def is_item(item: Any) -> bool:
    """Items of old content are values only."""
    return isinstance(item, dict) and item.get("type") == "item" and "value" in item


def fill_child(
    block: blocks.Block | None, child: dict[str, Any], seed: UUID, ids: set[str]
) -> dict[str, Any]:
    """The child with its id, which is none of `ids`, and with those of all that is in it."""
    own = child.get("id")
    if not own or own in ids:
        own = str(seed)
    ids.add(own)
    value = child.get("value")
    if block is not None:
        value = fill_value(block, value, uuid5(seed, "value"))
    return {**child, "value": value, "id": own}
