"""Fields that a visitor chooses from, or ticks."""

from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from cms.cities.models import City
from cms.core.models import CertificationProject
from cms.core.projects import find_project
from forms.blocks.base import CONTENT, FormFieldBlock, KeyBlock
from forms.blocks.conditions import refuse_value
from forms.fields import RegisterField
from forms.registers import (
    Choices,
    city_choices,
    find_city,
    listed_projects,
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

    def get_values(self, value: blocks.StructValue) -> list[str] | None:
        """Needs no form page: what may be chosen in any language."""
        raise NotImplementedError

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


class ProjectChoiceBlock(blocks.ChoiceBlock):
    """Certification projects by slug. Reading a form does not look them up, as Wagtail's own block would."""

    def normalize_choice(self, value: Any) -> Any:
        return value


class ProjectChoicesBlock(blocks.MultipleChoiceBlock):
    def normalize_choice(self, value: Any) -> Any:
        return value


class CertificationProjectFieldBlock(ChosenFieldBlock):
    key = KeyBlock(default="project")
    offered = ProjectChoicesBlock(
        choices=listed_projects,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("projects to choose from"),
        help_text=gettext_lazy("None ticked: all that are on offer."),
    )
    default = ProjectChoiceBlock(
        choices=listed_projects, required=False, label=gettext_lazy("chosen already")
    )

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        value = super().clean(value)
        if value["default"] and not is_offered(value, value["default"]):
            message = _("This is none of the projects to choose from.")
            raise refuse_value("default", message)
        return value

    def build_field(
        self, value: blocks.StructValue, *, page: Any, city: City | None
    ) -> forms.Field:
        return RegisterField(
            find=partial(self.find, value, locale_id=page.locale_id),
            choices=partial(self.get_select_choices, value, page=page),
            **self.get_field_options(value),
        )

    def find(
        self, value: blocks.StructValue, slug: str, *, locale_id: int
    ) -> CertificationProject | None:
        return find_project(slug, locale_id) if is_offered(value, slug) else None

    def get_choices(self, value: blocks.StructValue, *, page: Any) -> Choices:
        projects = page.offered_projects
        return project_choices(
            [each for each in projects if is_offered(value, each.slug)]
        )

    def get_values(self, value: blocks.StructValue) -> list[str]:
        slugs = [slug for _, pairs in listed_projects() for slug, _ in pairs]
        return [slug for slug in slugs if is_offered(value, slug)]

    def get_answer(
        self, value: blocks.StructValue, cleaned: CertificationProject | None
    ) -> tuple[str | bool, str]:
        return (cleaned.slug, str(cleaned)) if cleaned else ("", "")

    class Meta:
        icon = "clipboard-list"
        label = gettext_lazy("Certification project")
        group = REGISTERS
        description = gettext_lazy("One of the certification projects on offer.")


def is_offered(value: blocks.StructValue, slug: str) -> bool:
    return not value["offered"] or slug in value["offered"]


class CityFieldBlock(ChosenFieldBlock):
    key = KeyBlock(default="city")

    def build_field(
        self, value: blocks.StructValue, *, page: Any, city: City | None
    ) -> forms.Field:
        return RegisterField(
            find=find_city,
            choices=partial(self.get_select_choices, value, page=page),
            **{**self.get_field_options(value), "initial": city and city.slug},
        )

    def get_choices(self, value: blocks.StructValue, *, page: Any) -> Choices:
        return city_choices()

    def get_values(self, value: blocks.StructValue) -> list[str]:
        return [slug for _, pairs in city_choices() for slug, _ in pairs]

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
    default = blocks.RegexBlock(
        regex=r"^[a-z0-9][a-z0-9_-]*\Z",
        required=False,
        default="",
        label=gettext_lazy("chosen already"),
        help_text=gettext_lazy("The value of one of the choices."),
    )

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        value = super().clean(value)
        if value["default"] and value["default"] not in self.get_values(value):
            raise refuse_value("default", _("This is none of the choices."))
        return value

    def build_field(
        self, value: blocks.StructValue, *, page: Any, city: City | None
    ) -> forms.Field:
        choices = self.get_select_choices(value, page=page)
        return forms.ChoiceField(choices=choices, **self.get_field_options(value))

    def get_choices(self, value: blocks.StructValue, *, page: Any) -> Choices:
        pairs = [(option["value"], option["label"]) for option in value["choices"]]
        return [("", pairs)]

    def get_values(self, value: blocks.StructValue) -> list[str]:
        return [option["value"] for option in value["choices"]]

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
