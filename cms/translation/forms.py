from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale


class LanguagesForm(forms.Form):
    """Into which languages, and how much."""

    locales = forms.ModelMultipleChoiceField(
        queryset=Locale.objects.none(),
        label=_("Languages"),
        widget=forms.CheckboxSelectMultiple,
    )
    include_descendants = forms.BooleanField(
        label=_("With all published pages below"), required=False
    )

    def __init__(
        self,
        *args: Any,
        source_ids: set[int] | None = None,
        has_descendants: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        locales = Locale.objects.order_by("pk")
        if source_ids and len(source_ids) == 1:
            locales = locales.exclude(pk__in=source_ids)
        field: Any = self.fields["locales"]
        field.queryset = locales
        field.initial = list(locales.values_list("pk", flat=True))
        if not has_descendants:
            del self.fields["include_descendants"]
