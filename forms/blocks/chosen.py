"""Fields that a visitor chooses from, or ticks."""

from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from cms.cities.models import City
from cms.core.models import CertificationProject
from cms.core.projects import find_project
from forms.blocks.base import CONTENT, FormFieldBlock, KeyBlock
from forms.fields import ConsentInput, RegisterField
from forms.registers import (
    Choices,
    city_choices,
    find_city,
    project_choices,
)

REGISTERS = gettext_lazy("Registers")


class ChosenFieldBlock(FormFieldBlock):
    """A field whose answers are one of a list."""

    def get_field_options(self, value: blocks.StructValue) -> dict[str, Any]:
        message = _("Choose “%(label)s”.") % {"label": value["label"]}
        return {
            **super().get_field_options(value),
            "error_messages": {
                "required": message,
                "invalid_choice": _("Choose from the list."),
            },
        }

    def get_select_choices(self, value: blocks.StructValue, *, page: Any) -> list[Any]:
        """The choices as Django's drop-down list takes them, an empty one first."""
        options: list[Any] = [("", _("Please choose"))]
        for group, pairs in self.get_choices(value, page=page) or []:
            options += [(group, pairs)] if group else pairs
        return options

    def get_json_schema(
        self, value: blocks.StructValue, *, page: Any
    ) -> dict[str, Any]:
        schema = super().get_json_schema(value, page=page)
        groups = self.get_choices(value, page=page) or []
        slugs: list[str | None] = [
            slug for _group, pairs in groups for slug, _ in pairs
        ]
        return {**schema, "enum": slugs if value["required"] else [*slugs, "", None]}


class CertificationProjectFieldBlock(ChosenFieldBlock):
    key = KeyBlock(default="project")

    def build_field(
        self, value: blocks.StructValue, *, page: Any, city: City | None
    ) -> forms.Field:
        return RegisterField(
            find=partial(find_project, locale_id=page.locale_id),
            choices=partial(self.get_select_choices, value, page=page),
            **self.get_field_options(value),
        )

    def get_choices(self, value: blocks.StructValue, *, page: Any) -> Choices:
        return project_choices(page.offered_projects)

    def get_answer(
        self, value: blocks.StructValue, cleaned: CertificationProject | None
    ) -> tuple[str | bool, str]:
        return (cleaned.slug, str(cleaned)) if cleaned else ("", "")

    class Meta:
        icon = "clipboard-list"
        label = gettext_lazy("Certification project")
        group = REGISTERS
        description = gettext_lazy("One of the certification projects on offer.")


class CityFieldBlock(ChosenFieldBlock):
    key = KeyBlock(default="city")

    def build_field(
        self, value: blocks.StructValue, *, page: Any, city: City | None
    ) -> forms.Field:
        return RegisterField(
            find=find_city,
            choices=partial(self.get_select_choices, value, page=page),
            initial=city.slug if city else "",
            **self.get_field_options(value),
        )

    def get_choices(self, value: blocks.StructValue, *, page: Any) -> Choices:
        return city_choices()

    def get_answer(
        self, value: blocks.StructValue, cleaned: City | None
    ) -> tuple[str | bool, str]:
        return (cleaned.slug, cleaned.name) if cleaned else ("", "")

    class Meta:
        icon = "site"
        label = gettext_lazy("City")
        group = REGISTERS
        description = gettext_lazy("A city of the register, province by province.")


class ChoiceOptionBlock(blocks.StructBlock):
    value = blocks.RegexBlock(
        regex=r"^[a-z0-9][a-z0-9_-]*\Z",
        max_length=40,
        label=gettext_lazy("value"),
        help_text=gettext_lazy("Name for programs, such as “under_50”."),
        error_messages={
            "invalid": gettext_lazy(
                "Use small letters, digits, hyphens and underscores."
            )
        },
    )
    label = blocks.CharBlock(label=gettext_lazy("label"), max_length=80)

    class Meta:
        icon = "list-ul"
        label = gettext_lazy("Choice")


class ChoiceFieldBlock(ChosenFieldBlock):
    choices = blocks.ListBlock(
        ChoiceOptionBlock(), label=gettext_lazy("choices"), min_num=1
    )

    def build_field(
        self, value: blocks.StructValue, *, page: Any, city: City | None
    ) -> forms.Field:
        choices = self.get_select_choices(value, page=page)
        return forms.ChoiceField(choices=choices, **self.get_field_options(value))

    def get_choices(self, value: blocks.StructValue, *, page: Any) -> Choices:
        pairs = [(option["value"], option["label"]) for option in value["choices"]]
        return [("", pairs)]

    def get_answer(
        self, value: blocks.StructValue, cleaned: str | None
    ) -> tuple[str | bool, str]:
        labels = {option["value"]: option["label"] for option in value["choices"]}
        return cleaned or "", labels.get(cleaned, cleaned or "")

    class Meta:
        icon = "list-ul"
        label = gettext_lazy("Choice")
        group = CONTENT
        description = gettext_lazy("One of a list that you write.")


class ConsentFieldBlock(FormFieldBlock):
    key = KeyBlock(default="consent")
    label = blocks.CharBlock(
        label=gettext_lazy("consent"),
        max_length=300,
        help_text=gettext_lazy("The sentence that the visitor agrees to."),
    )

    def build_field(
        self, value: blocks.StructValue, *, page: Any, city: City | None
    ) -> forms.Field:
        return forms.BooleanField(widget=ConsentInput, **self.get_field_options(value))

    def check_type(self, raw: object) -> None:
        # A browser sends "on" for a tick, and nothing for none.
        if not isinstance(raw, bool | None) and raw != "on":
            raise ValidationError(_("Send true or false."), code="type")

    def get_field_options(self, value: blocks.StructValue) -> dict[str, Any]:
        message = _("Tick this box to go on.")
        return {
            **super().get_field_options(value),
            "error_messages": {"required": message},
        }

    def get_json_schema(
        self, value: blocks.StructValue, *, page: Any
    ) -> dict[str, Any]:
        schema = super().get_json_schema(value, page=page)
        schema.pop("minLength", None)
        if value["required"]:
            return {**schema, "type": "boolean", "const": True}
        return {**schema, "type": ["boolean", "null"]}

    def get_answer(
        self, value: blocks.StructValue, cleaned: bool | None
    ) -> tuple[str | bool, str]:
        return bool(cleaned), _("Yes") if cleaned else _("No")

    class Meta:
        icon = "check"
        label = gettext_lazy("Consent")
        group = CONTENT
        description = gettext_lazy("A sentence to agree to. Never ticked in advance.")
