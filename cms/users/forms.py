"""Wagtail's user forms with the places that a person works for."""

from itertools import groupby
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.users import forms as wagtail_forms


class PlacesWidget(forms.CheckboxSelectMultiple):
    """Hundreds of boxes to tick, each province folded together with its cities."""

    template_name = "users/places_widget.html"

    def _render(self, template_name: str, context: Any, renderer: Any) -> SafeString:
        """From the project's templates, where Django's own renderer of forms does not look."""
        return render_to_string(template_name, context)


class PlaceChoiceIterator(forms.models.ModelChoiceIterator):
    """The choices in groups, one for each province: itself, then its cities."""

    def __iter__(self):
        places = self.queryset.select_related("parent").order_by("code", "-level", "pk")
        provinces = groupby(places, key=lambda place: place.lineage[-1])
        for province, members in provinces:
            yield province.name, [self.choice(place) for place in members]


class PlacesField(forms.ModelMultipleChoiceField):
    widget = PlacesWidget
    iterator = PlaceChoiceIterator

    def label_from_instance(self, place: Any) -> str:
        if place.parent_id:
            return place.name
        return _("all of %(province)s") % {"province": place.name}


class UserEditForm(wagtail_forms.UserEditForm):
    class Meta(wagtail_forms.UserEditForm.Meta):
        fields = wagtail_forms.UserEditForm.Meta.fields | {"places"}
        field_classes = {"places": PlacesField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        editing_self = kwargs.get("editing_self", False)
        super().__init__(*args, **kwargs)
        if editing_self:
            del self.fields["places"]


class UserCreationForm(wagtail_forms.UserCreationForm):
    class Meta(wagtail_forms.UserCreationForm.Meta):
        fields = wagtail_forms.UserCreationForm.Meta.fields | {"places"}
        field_classes = {"places": PlacesField}
