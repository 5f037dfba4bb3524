from typing import Any

from django import forms
from django.apps import apps
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import get_page_models
from wagtail.snippets.models import get_snippet_models

from cms.delivery.classification import is_tracked
from cms.delivery.models import Change
from cms.delivery.publicity import is_content_model


def content_types() -> list[tuple[str, str]]:
    """What webhooks may be about: pages, snippets, images and documents."""
    models: list[Any] = [*get_page_models(), *get_snippet_models()]
    if apps.is_installed("wagtail.images"):
        models.append(get_image_model())
    if apps.is_installed("wagtail.documents"):
        models.append(get_document_model())
    content = {m for m in models if is_tracked(m) and is_content_model(m)}
    choices = [(m._meta.label, capfirst(str(m._meta.verbose_name))) for m in content]
    return sorted(choices, key=lambda choice: choice[1])


class ContentWebhookForm(WagtailAdminModelForm):
    events = forms.MultipleChoiceField(
        label=_("Events"),
        choices=Change.Action.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("None chosen: all."),
    )
    types = forms.MultipleChoiceField(
        label=_("Types"),
        choices=content_types,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("None chosen: all, also those that have no place in this list."),
    )


class ReplayForm(forms.Form):
    since = forms.DateTimeField(
        label=_("Since"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        help_text=_("What was sent before is sent again under its old id."),
    )
