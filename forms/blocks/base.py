from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from cms.cities.models import City
from forms.blocks.conditions import ConditionBlock
from forms.registers import Choices

# A key is the `name` of an input: these would hide the form element's own members from scripts.
FORM_MEMBERS = {"action", "elements", "length", "method", "reset", "submit", "target"}
# And it stands beside the lead's own columns in exports and in the API.
LEAD_COLUMNS = {
    *("answers", "created_at", "form", "language", "page", "page_url", "receipt"),
    *("referrer", "site", "source"),
    *("utm_campaign", "utm_content", "utm_medium", "utm_source", "utm_term"),
}
RESERVED_KEYS = FORM_MEMBERS | LEAD_COLUMNS
CONTENT = gettext_lazy("Answers")


class KeyBlock(blocks.RegexBlock):
    """The stable name of a field. Not a text: translations keep it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            r"^[a-z][a-z0-9_]*\Z",
            max_length=40,
            label=gettext_lazy("key"),
            help_text=gettext_lazy(
                "Name for programs, such as “name”. Never change it: another key is another field. Old leads and other "
                "systems know the field by it."
            ),
            error_messages={
                "invalid": gettext_lazy(
                    "Use small letters, digits and underscores, beginning with a letter."
                )
            },
            **options,
        )

    def clean(self, value: str) -> str:
        key = super().clean(value)
        if key in RESERVED_KEYS:
            message = _("“%(key)s” has a meaning of its own. Choose another key.")
            raise ValidationError(message % {"key": key}, code="reserved")
        return key


class FormFieldBlock(blocks.StructBlock):
    """One question of a form. The block owns its type: what the editor sets, the Django field that checks an answer,
    its JSON Schema, and how an answer is written down.
    """

    label = blocks.CharBlock(label=gettext_lazy("label"), max_length=60)
    key = KeyBlock()
    help_text = blocks.CharBlock(
        label=gettext_lazy("help"),
        max_length=160,
        required=False,
        default="",
        help_text=gettext_lazy("A line below the field, such as an example."),
    )
    required = blocks.BooleanBlock(
        label=gettext_lazy("required"), required=False, default=True
    )
    shown_when = ConditionBlock(required=False)

    class Meta:
        label_format = "{label} · {key}"

    def normalize(self, value: Any) -> blocks.StructValue:
        """Fills in what is left out, so that fields can be written down in code by what matters of them."""
        if isinstance(value, blocks.StructValue):
            return value
        defaults = {
            name: child.get_default() for name, child in self.child_blocks.items()
        }
        return super().normalize({**defaults, **value})

    def build_field(
        self, value: blocks.StructValue, *, page: Any, city: City | None
    ) -> forms.Field:
        """The Django field that shows the question and checks the answer, for a form page and a visitor's city."""
        raise NotImplementedError

    def get_choices(self, value: blocks.StructValue, *, page: Any) -> Choices | None:
        """What can be chosen, in groups; None where visitors write freely."""
        return None

    def get_values(self, value: blocks.StructValue) -> list[str] | None:
        """All answers that a condition of another field may name; None where visitors write freely."""
        return None

    def get_json_schema(
        self, value: blocks.StructValue, *, page: Any
    ) -> dict[str, Any]:
        schema: dict[str, Any] = {"type": "string", "title": value["label"]}
        if value["help_text"]:
            schema["description"] = value["help_text"]
        if value["required"]:
            return {**schema, "minLength": 1}
        return {**schema, "type": ["string", "null"]}

    def get_field_options(self, value: blocks.StructValue) -> dict[str, Any]:
        """The arguments that every Django field is built with."""
        message = _("Fill in “%(label)s”.") % {"label": value["label"]}
        return {
            "label": value["label"],
            "help_text": value["help_text"],
            "required": value["required"],
            "initial": value.get("default") or None,
            "error_messages": {"required": message},
        }

    def check_type(self, raw: object) -> None:
        """Refuse what is not of the JSON type that the schema names."""
        if not isinstance(raw, str | None):
            raise ValidationError(_("Send a text."), code="type")

    def get_answer(
        self, value: blocks.StructValue, cleaned: Any
    ) -> tuple[str | bool, str]:
        """An answer for the lead: the value that was sent, and what a person reads."""
        text = cleaned or ""
        return text, text
