"""Form fields that offer a limited editor nothing but their own places."""

from django import forms
from django.utils.translation import gettext as _

from cms.users.limits import Limits


def limit_choices(field: forms.ModelChoiceField, limits: Limits) -> None:
    """Leaves the editor's places in a field that chooses one or many, and asks for one at least."""
    if not isinstance(field, forms.ModelMultipleChoiceField):
        field.widget = forms.Select()
    field.queryset = field.queryset.filter(pk__in=limits.place_ids)
    field.widget.is_required = field.required = True
    message = _("You work for %(places)s: choose among these.") % {
        "places": ", ".join(limits.names)
    }
    field.help_text = message
    for code in ("required", "invalid_choice", "invalid_pk_value"):
        field.error_messages[code] = message
