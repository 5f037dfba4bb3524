from dataclasses import dataclass
from typing import Any

from wagtail.blocks import StructValue

from forms.blocks.base import FormFieldBlock
from forms.blocks.conditions import Condition, read_condition


@dataclass(frozen=True)
class FormField:
    """One question of one form: a block, and what the editor has set in it."""

    block: FormFieldBlock
    value: StructValue

    @property
    def type(self) -> str:
        return self.block.name

    @property
    def key(self) -> str:
        return self.value["key"]

    @property
    def label(self) -> str:
        return self.value["label"]

    @property
    def required(self) -> bool:
        """Where it is shown."""
        return self.value["required"]

    @property
    def default(self) -> str:
        return self.value.get("default") or ""

    @property
    def condition(self) -> Condition | None:
        return read_condition(self.value)

    def get_json_schema(self, *, page: Any, required: bool) -> dict[str, Any]:
        value = self.block.normalize({**self.value, "required": required})
        schema = self.block.get_json_schema(value, page=page)
        return {**schema, "default": self.default} if self.default else schema

    def describe_answer(self, cleaned: Any) -> dict[str, Any]:
        """The question with an answer, as a lead keeps them."""
        value, display = self.block.get_answer(self.value, cleaned)
        return {
            "key": self.key,
            "label": self.label,
            "type": self.type,
            "value": value,
            "display": display,
        }
