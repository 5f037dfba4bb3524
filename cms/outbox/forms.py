from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from cms.outbox.models import Channel

SECRETS = ("address", "secret")
KEPT = _("Kept secret. Leave empty to keep what is there.")


class ChannelForm(WagtailAdminModelForm):
    """Address and secret go in and never come out again: who may edit a channel need not know them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept = {name: getattr(self.instance, name) for name in SECRETS}
        for name in SECRETS:
            self.initial[name] = ""
            field = self.fields[name]
            field.widget = forms.Textarea(attrs={"rows": 2, "autocomplete": "off"})
            if self.kept[name]:
                field.widget.attrs["placeholder"] = KEPT
        self.limit_kinds()

    def limit_kinds(self) -> None:
        """What comes from the settings can be taken out of use here, and nothing else."""
        if self.instance.kind == Channel.Kind.EDGE:
            for name in ("name", "kind", *SECRETS):
                self.fields[name].disabled = True
        else:
            self.fields["kind"].choices = Channel.Kind.made_by_people()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name in SECRETS:
            cleaned[name] = (cleaned.get(name) or "").strip() or self.kept[name]
        return cleaned
