"""What a valid set of answers looks like, as JSON Schema, for programs that build a form themselves."""

from typing import Any

from forms.blocks import FormField


def describe_answers(fields: list[FormField], *, page: Any) -> dict[str, Any]:
    """A field with a condition is required only where it is shown: elsewhere its answer would be dropped."""
    always = {field.key for field in fields if field.condition is None}
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": {
            field.key: field.get_json_schema(
                page=page, required=field.required and field.key in always
            )
            for field in fields
        },
        "required": [
            field.key for field in fields if field.required and field.key in always
        ],
        "additionalProperties": False,
    }
    rules = [
        {
            "if": shown_schema(field, fields),
            "then": {
                "required": [field.key],
                "properties": {
                    field.key: field.get_json_schema(page=page, required=True)
                },
            },
        }
        for field in fields
        if field.required and field.key not in always
    ]
    return {**schema, "allOf": rules} if rules else schema


def shown_schema(field: FormField, fields: list[FormField]) -> dict[str, Any]:
    """Answers with which a field is shown: its own condition is met, and that of the field that it waits for."""
    by_key = {each.key: each for each in fields}
    met: dict[str, list[str]] = {}
    waiting: FormField | None = field
    while waiting and waiting.condition and waiting.condition.key not in met:
        condition = waiting.condition
        met[condition.key] = list(condition.values)
        waiting = by_key.get(condition.key)
    return {
        "properties": {key: {"enum": values} for key, values in met.items()},
        "required": list(met),
    }
