"""The sentences that visitors agree to, or do not."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from cms.cities.models import City
from forms.blocks.base import CONTENT, FormFieldBlock, KeyBlock
from forms.blocks.conditions import refuse_value
from forms.digests import DIGEST
from forms.fields import ConsentField, is_tick
from forms.notice import word_consent
from forms.purposes import Purpose


class ConsentFieldBlock(FormFieldBlock):
    key = KeyBlock(default="consent")
    label = blocks.CharBlock(
        label=gettext_lazy("consent"),
        max_length=300,
        help_text=gettext_lazy("The sentence that the visitor agrees to."),
    )
    purpose = blocks.ChoiceBlock(
        choices=Purpose.choices,
        default=Purpose.ENQUIRY.value,
        label=gettext_lazy("agrees to"),
        help_text=gettext_lazy(
            "Advertising has a box of its own that nobody must tick."
        ),
    )

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        value = super().clean(value)
        if value["purpose"] == Purpose.MARKETING and value["required"]:
            message = _("Nobody may be made to agree to advertising: untick this.")
            raise refuse_value("required", message)
        return value

    def build_field(
        self, value: blocks.StructValue, *, page: Any, city: City | None
    ) -> forms.Field:
        def get_digest() -> str:
            return word_consent(page, value).digest

        return ConsentField(get_digest=get_digest, **self.get_field_options(value))

    def check_type(self, raw: object) -> None:
        # A browser sends nothing where there is no tick.
        if not isinstance(raw, bool | None) and not is_tick(raw):
            message = _("Send true, false, or the digest of the text.")
            raise ValidationError(message, code="type")

    def get_field_options(self, value: blocks.StructValue) -> dict[str, Any]:
        message = _("Tick this box to go on.")
        return {
            **super().get_field_options(value),
            "error_messages": {"required": message},
        }

    def get_json_schema(
        self, value: blocks.StructValue, *, page: Any
    ) -> dict[str, Any]:
        """True agrees to the text as it reads now, its digest to the one that was shown."""
        schema = super().get_json_schema(value, page=page)
        schema.pop("minLength", None)
        schema |= {"type": ["boolean", "string"], "pattern": f"^{DIGEST}$"}
        if value["required"]:
            return {**schema, "not": {"const": False}}
        return {**schema, "type": ["boolean", "string", "null"]}

    def get_answer(
        self, value: blocks.StructValue, cleaned: bool | None
    ) -> tuple[str | bool, str]:
        return bool(cleaned), _("Yes") if cleaned else _("No")

    class Meta:
        icon = "check"
        label = gettext_lazy("Consent")
        group = CONTENT
        description = gettext_lazy("A sentence to agree to. Never ticked in advance.")
