"""What agents fill in on a lead's page."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cms.users.models import User
from forms.desk.statuses import NEXT
from forms.models import Lead
from forms.models.leads import Status


def find_agents() -> QuerySet[User]:
    """Who may be given a lead: everybody who may work on leads."""
    return User.objects.with_perm(
        "forms.change_lead", backend="django.contrib.auth.backends.ModelBackend"
    ).order_by("username")


class VersionedForm(forms.Form):
    """A form that says which state of the lead was seen when it was filled in."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, lead: Lead, data: Any = None) -> None:
        super().__init__(data, initial={"version": lead.version}, label_suffix="")
        self.lead = lead


class StatusForm(VersionedForm):
    status = forms.ChoiceField(label=_("New status"))
    reason = forms.CharField(label=_("Why it was lost"), max_length=200, required=False)

    def __init__(self, lead: Lead, data: Any = None) -> None:
        super().__init__(lead, data)
        choices = [(status.value, status.label) for status in NEXT[lead.status]]
        self.fields["status"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("status") == Status.LOST and not cleaned.get("reason"):
            self.add_error("reason", _("Say why the lead was lost."))
        return cleaned


class AssignmentForm(VersionedForm):
    assignee = forms.ModelChoiceField(
        label=_("Assignee"), queryset=User.objects.none(), required=False
    )

    def __init__(self, lead: Lead, data: Any = None) -> None:
        super().__init__(lead, data)
        self.fields["assignee"].queryset = find_agents()  # type: ignore[attr-defined]
        self.initial["assignee"] = lead.assignee_id


class HoldForm(VersionedForm):
    reason = forms.CharField(label=_("Reason"), max_length=300)


class NoteForm(forms.Form):
    text = forms.CharField(
        label=_("Note"), widget=forms.Textarea(attrs={"rows": 3}), max_length=5000
    )

    def __init__(self, lead: Lead, data: Any = None) -> None:
        super().__init__(data, label_suffix="")


class RevealForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("Such as: first call. It is kept with your name and the time."),
    )

    def __init__(self, lead: Lead, data: Any = None) -> None:
        super().__init__(data, label_suffix="")
