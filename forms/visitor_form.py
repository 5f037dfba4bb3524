from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from forms.blocks.conditions import Condition


class QuestionBoundField(forms.BoundField):
    """A question as it stands in a page. One with a condition says so: scripts hide it, without them it is read."""

    form: "VisitorForm"

    @property
    def condition(self) -> Condition | None:
        return self.form.conditions.get(self.name)

    @property
    def condition_id(self) -> str:
        return f"{self.auto_id}_condition"

    @property
    def condition_text(self) -> str:
        if self.condition is None or self.condition.key not in self.form.fields:
            return ""
        other = self.form.fields[self.condition.key]
        words = dict(flat_choices(other))
        names = [words.get(value, value) for value in self.condition.values]
        message = _("Only if “%(field)s” is: %(values)s")
        return message % {"field": other.label, "values": " / ".join(names)}

    @property
    def shown_values(self) -> str:
        return " ".join(self.condition.values) if self.condition else ""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Any = None) -> Any:
        attrs = super().build_widget_attrs(attrs, widget)
        if self.condition is None:
            return attrs
        # Browsers would insist on an answer that is not wanted.
        attrs.pop("required", None)
        described = f"{self.condition_id} {attrs.get('aria-describedby') or ''}"
        return {**attrs, "aria-describedby": described.strip()}


def flat_choices(field: forms.Field) -> Iterator[tuple[str, str]]:
    for value, label in getattr(field, "choices", ()):
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield value, label


class VisitorForm(forms.Form):
    """The questions of one form page, as visitors meet them.

    `prefix_id` begins the id of every input, so that one page can hold the form twice; the inputs' names are always
    the fields' keys.

    A question whose condition is not met is not asked: whatever was sent for it is not in `cleaned_data`, nor is it
    an error.
    """

    bound_field_class = QuestionBoundField

    def __init__(
        self,
        fields: Mapping[str, forms.Field],
        *,
        prefix_id: str,
        conditions: Mapping[str, Condition] | None = None,
        data: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, auto_id=f"{prefix_id}-%s", label_suffix="")
        self.fields.update(fields)
        self.conditions = conditions or {}

    def clean(self) -> dict[str, Any]:
        for key in self.find_hidden():
            self.errors.pop(key, None)
            self.cleaned_data.pop(key, None)
        return self.cleaned_data

    def find_hidden(self) -> list[str]:
        """The keys of the questions that the answers before them do not lead to."""
        hidden: list[str] = []
        answers: dict[str, Any] = {}
        for key in self.fields:
            condition = self.conditions.get(key)
            if condition and not self.is_met(condition, answers):
                hidden.append(key)
            else:
                answers[key] = self[key].data
        return hidden

    def is_met(self, condition: Condition, answers: Mapping[str, Any]) -> bool:
        """A draft may name a question that is no longer there: then the other is always asked."""
        return condition.key not in self.fields or condition.is_met(answers)
