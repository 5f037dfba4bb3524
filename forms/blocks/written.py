"""Fields that a visitor writes into."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.cities.models import City
from forms.blocks.base import CONTENT, FormFieldBlock, KeyBlock
from forms.blocks.conditions import refuse_value
from forms.fields import LandlineField, MobileField
from forms.phones import LONGEST_INPUT, PhoneNumber

AUTOCOMPLETE = {"name": "name", "email": "email", "position": "organization-title"}


def begin_with(**options: Any) -> blocks.CharBlock:
    """What stands in a field before the visitor writes: a text, which translations translate."""
    return blocks.CharBlock(
        required=False,
        default="",
        label=_("filled in with"),
        help_text=_("Stands in the field already; visitors can change it."),
        **options,
    )


class TextFieldBlock(FormFieldBlock):
    default = begin_with(max_length=500)
    max_length = blocks.IntegerBlock(
        label=_("longest answer"), default=60, min_value=1, max_value=500
    )

    widget: type[forms.Widget] = forms.TextInput

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        value = super().clean(value)
        if len(value["default"]) > value["max_length"]:
            message = gettext("This is longer than the longest answer.")
            raise refuse_value("default", message)
        return value

    def build_field(
        self, value: blocks.StructValue, *, page: Any, city: City | None
    ) -> forms.Field:
        return forms.CharField(
            max_length=value["max_length"],
            widget=self.widget(attrs=self.get_attributes(value)),
            **self.get_field_options(value),
        )

    def get_attributes(self, value: blocks.StructValue) -> dict[str, str]:
        autocomplete = AUTOCOMPLETE.get(value["key"])
        return {"autocomplete": autocomplete} if autocomplete else {}

    def get_json_schema(
        self, value: blocks.StructValue, *, page: Any
    ) -> dict[str, Any]:
        schema = super().get_json_schema(value, page=page)
        return {**schema, "maxLength": value["max_length"]}

    class Meta:
        icon = "pilcrow"
        label = _("Line of text")
        group = CONTENT
        description = _("A name, a position or another short answer.")


class MultilineTextFieldBlock(TextFieldBlock):
    max_length = blocks.IntegerBlock(
        label=_("longest answer"), default=1000, min_value=1, max_value=5000
    )

    widget = forms.Textarea

    def get_attributes(self, value: blocks.StructValue) -> dict[str, str]:
        return {"rows": "4"}

    class Meta:
        icon = "doc-full"
        label = _("Several lines of text")
        description = _("Room for a description or a question.")


class CompanyFieldBlock(TextFieldBlock):
    key = KeyBlock(default="company")
    max_length = blocks.IntegerBlock(
        label=_("longest answer"), default=100, min_value=1, max_value=200
    )

    def get_attributes(self, value: blocks.StructValue) -> dict[str, str]:
        return {"autocomplete": "organization"}

    class Meta:
        icon = "group"
        label = _("Company")
        description = _("The name of the visitor's company.")


class MobileFieldBlock(FormFieldBlock):
    key = KeyBlock(default="mobile")

    def build_field(
        self, value: blocks.StructValue, *, page: Any, city: City | None
    ) -> forms.Field:
        return MobileField(**self.get_field_options(value))

    def get_json_schema(
        self, value: blocks.StructValue, *, page: Any
    ) -> dict[str, Any]:
        schema = super().get_json_schema(value, page=page)
        return {**schema, "maxLength": LONGEST_INPUT}

    def get_answer(
        self, value: blocks.StructValue, cleaned: PhoneNumber | None
    ) -> tuple[str | bool, str]:
        return (cleaned.raw, str(cleaned)) if cleaned else ("", "")

    class Meta:
        icon = "mobile-alt"
        label = _("Mobile number")
        group = CONTENT
        description = _("A mobile number, checked against the numbering plan.")


class LandlineFieldBlock(MobileFieldBlock):
    key = KeyBlock(default="landline")

    def build_field(
        self, value: blocks.StructValue, *, page: Any, city: City | None
    ) -> forms.Field:
        area_code = city.area_code if city else ""
        return LandlineField(area_code=area_code, **self.get_field_options(value))

    class Meta:
        icon = "phone"
        label = _("Office number")
        description = _(
            "A landline with or without extension; a mobile or 400 number will do."
        )
