"""Keys are for ever: whoever reads leads knows an answer by its key, long after the question is gone."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.blocks import StructBlockValidationError
from wagtail.blocks.stream_block import StreamBlockValidationError

ShownField = dict[str, str]


def fields_once_shown(form_page: Any) -> dict[str, ShownField]:
    """What is known of every field that a form has or had while it was published, by key."""
    if not (form_page.live or form_page.first_published_at):
        return {}
    current = {
        field.key: {"type": field.type, "label": field.label}
        for field in form_page.get_fields()
    }
    return {**form_page.retired_fields, **current}


def check_types_of_keys(fields: Any, shown: dict[str, ShownField]) -> None:
    """Refuse a key that visitors have answered as a field of another type: its leads would hold two things."""
    errors = {
        index: describe_reuse(child.value["key"], shown[child.value["key"]])
        for index, child in enumerate(fields)
        if shown.get(child.value["key"], {}).get("type", child.block_type)
        != child.block_type
    }
    if errors:
        error = StreamBlockValidationError(block_errors=errors)
        raise ValidationError({"fields": error})


def describe_reuse(key: str, before: ShownField) -> StructBlockValidationError:
    message = _(
        "The key “%(key)s” is that of “%(label)s”, a field of another type that visitors have answered. Choose another "
        "key: old leads keep theirs."
    )
    error = ValidationError(message % {"key": key, "label": before["label"]})
    return StructBlockValidationError(block_errors={"key": error})
