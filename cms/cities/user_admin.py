"""Wagtail's administration of users, with the places that a person works for. Named by `cms.users.apps`."""

from typing import Any

from wagtail.users import forms
from wagtail.users.views import users

from cms.cities.widgets import PlaceSelectMultiple


class UserEditForm(forms.UserEditForm):
    class Meta(forms.UserEditForm.Meta):
        fields = forms.UserEditForm.Meta.fields | {"places"}
        widgets = {**forms.UserEditForm.Meta.widgets, "places": PlaceSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        editing_self = kwargs.get("editing_self", False)
        super().__init__(*args, **kwargs)
        if editing_self:
            del self.fields["places"]


class UserCreationForm(forms.UserCreationForm):
    class Meta(forms.UserCreationForm.Meta):
        fields = forms.UserCreationForm.Meta.fields | {"places"}
        widgets = {**forms.UserCreationForm.Meta.widgets, "places": PlaceSelectMultiple}


class UserViewSet(users.UserViewSet):
    def get_form_class(self, for_update: bool = False) -> type:
        return UserEditForm if for_update else UserCreationForm
