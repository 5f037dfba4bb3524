"""Choosing many of many: checkboxes in groups, with a box that filters them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from wagtail.admin.telepath import register
from wagtail.admin.telepath.widgets import WidgetAdapter


@dataclass(frozen=True)
class Option:
    """One checkbox. `words` is what the filter looks in besides the label, such as pinyin, in small letters.

    An option that `is_whole` stands for its group: when the filter finds it, all of the group stays.
    """

    value: int
    label: str
    words: str = ""
    short_label: str = ""
    is_whole: bool = False


@dataclass
class Group:
    label: str
    options: list[Option] = field(default_factory=list)


class GroupedCheckboxes(forms.CheckboxSelectMultiple):
    """Checkboxes in groups, folded behind a line that names what is chosen.

    Without scripts all of it is there but the filter. A subclass makes the groups from the objects of the field.
    """

    template_name = "core/admin/grouped_checkboxes.html"
    # What the filter looks for, in the words of its box.
    filter_label: Any
    has_long_labels = False

    class Media:
        js = ["core/admin/grouped-checkboxes.js"]
        css = {"all": ["core/admin/grouped-checkboxes.css"]}

    def get_groups(self, objects: Iterable[Any]) -> list[Group]:
        raise NotImplementedError

    @property
    def objects(self) -> Iterable[Any]:
        """What may be chosen. A form fills in its field's choices, which know their query set."""
        is_of_field = isinstance(self.choices, ModelChoiceIterator)
        return self.choices.queryset if is_of_field else []

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        """The whole field: so that forms give its label an id, which the field is named by."""
        return id_

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        chosen = set(self.format_value(value))
        groups = self.get_groups(self.objects)
        names = [
            option.short_label or option.label
            for group in groups
            for option in group.options
            if str(option.value) in chosen
        ]
        return {
            "widget": {
                "name": name,
                "attrs": self.build_attrs(self.attrs, attrs),
                "groups": groups,
                "chosen": chosen,
                "names": names,
                "filter_label": self.filter_label,
                "has_long_labels": self.has_long_labels,
            }
        }

    def render(
        self, name: str, value: Any, attrs: Any = None, renderer: Any = None
    ) -> SafeString:
        context = self.get_context(name, value, attrs)
        return mark_safe(render_to_string(self.template_name, context))  # noqa: S308 (a template's output)


class ProjectSelectMultiple(GroupedCheckboxes):
    """For fields of certification projects."""

    filter_label = _("Filter by name or standard")
    has_long_labels = True

    def get_groups(self, objects: Iterable[Any]) -> list[Group]:
        options = groupby(objects, key=lambda project: project.group)
        return [
            Group(label, [Option(project.pk, str(project)) for project in projects])
            for label, projects in options
        ]


class GroupedCheckboxesAdapter(WidgetAdapter):
    """Wagtail's scripts find the checkboxes of a form by this. They are never made in the browser: no second copy."""

    js_constructor = "wagtail.widgets.RadioSelect"

    def js_args(self, widget: GroupedCheckboxes) -> list[str]:
        return [""]


register(GroupedCheckboxesAdapter(), GroupedCheckboxes)
