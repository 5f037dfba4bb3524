"""When a field is shown: always, or only if an earlier one was answered so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.blocks import StructBlockValidationError

SHOWN_CHOICES = 20


@dataclass(frozen=True)
class Condition:
    """`key` is that of an earlier field, `values` are those of its answers that make this one appear."""

    key: str
    values: tuple[str, ...]

    def is_met(self, answers: Mapping[str, Any]) -> bool:
        return answers.get(self.key) in self.values


class ConditionBlock(blocks.StructBlock):
    """Both empty: always. Names for programs, not texts: translations keep them."""

    field = blocks.RegexBlock(
        regex=r"^[a-z][a-z0-9_]*\Z",
        max_length=40,
        required=False,
        label=gettext_lazy("key of the other field"),
        help_text=gettext_lazy(
            "An earlier field that visitors choose in. Empty: this field is always shown."
        ),
    )
    values = blocks.ListBlock(
        blocks.RegexBlock(
            regex=r"^[a-z0-9][a-z0-9_-]*\Z", max_length=40, label=gettext_lazy("value")
        ),
        default=[],
        label=gettext_lazy("values"),
        help_text=gettext_lazy(
            "Any of these must be chosen there, such as “iso9001” or “chengdu”."
        ),
    )

    class Meta:
        icon = "view"
        label = gettext_lazy("shown only if")
        label_format = "{field}"
        collapsed = True

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        value = super().clean(value)
        if value["field"] and not value["values"]:
            raise refuse_value("values", _("Say which values make the field appear."))
        if value["values"] and not value["field"]:
            raise refuse_value("field", _("Say which field these are values of."))
        return value


def refuse_value(name: str, message: str) -> StructBlockValidationError:
    return StructBlockValidationError(block_errors={name: ValidationError(message)})


def read_condition(value: blocks.StructValue) -> Condition | None:
    shown_when = value["shown_when"]
    if not shown_when or not shown_when["field"]:
        return None
    return Condition(shown_when["field"], tuple(shown_when["values"]))


def find_condition_error(field: Any, earlier: Sequence[Any]) -> ValidationError | None:
    """What is wrong with the condition of a field that stands after others. As it names one of those, none can wait
    for itself.
    """
    if field.condition is None:
        return None
    other = next((each for each in earlier if each.key == field.condition.key), None)
    if other is None:
        message = _("No field before this one has the key “%(key)s”.")
        error = refuse_value("field", message % {"key": field.condition.key})
    elif (values := other.block.get_values(other.value)) is None:
        message = _("In “%(key)s” nothing is chosen: name a field with choices.")
        error = refuse_value("field", message % {"key": other.key})
    elif unknown := [each for each in field.condition.values if each not in values]:
        message = _("“%(value)s” is no choice of “%(key)s”. Choices: %(choices)s")
        shown = ", ".join(values[:SHOWN_CHOICES])
        names = {"value": unknown[0], "key": other.key, "choices": shown}
        error = refuse_value("values", message % names)
    else:
        return None
    return StructBlockValidationError(block_errors={"shown_when": error})
