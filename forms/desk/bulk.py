"""Many leads at once, as Wagtail's bulk actions do: one page of the list at most, so that everybody sees what they do.

Leads that somebody has changed since the list was shown are left as they are, and so are those that cannot go where
they are sent; the message says how many.
"""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.permissions import policy_registry

from cms.users.models import User
from forms.desk.forms import find_agents
from forms.desk.statuses import (
    EditConflict,
    WrongTransition,
    assign,
    change_status,
)
from forms.models import Lead
from forms.models.leads import Status
from forms.spam.quarantine import release


class SeenForm(forms.Form):
    """Says which state of each lead was seen when the action was confirmed."""

    seen = forms.JSONField(widget=forms.HiddenInput)

    def clean_seen(self) -> dict[str, int]:
        seen = self.cleaned_data["seen"]
        if not isinstance(seen, dict):
            raise forms.ValidationError(_("Go back to the list and choose again."))
        return seen


class BulkAssignmentForm(SeenForm):
    assignee = forms.ModelChoiceField(
        label=_("Assignee"), queryset=User.objects.none(), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assignee"].queryset = find_agents()  # type: ignore[attr-defined]


class BulkStatusForm(SeenForm):
    status = forms.ChoiceField(label=_("New status"), choices=Status.choices)
    reason = forms.CharField(label=_("Why it was lost"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("status") == Status.LOST and not cleaned.get("reason"):
            self.add_error("reason", _("Say why the leads were lost."))
        return cleaned


class LeadBulkAction(BulkAction):
    models = [Lead]
    template_name = "forms/admin/bulk.html"
    form_class = SeenForm
    # How many could not be acted on.
    left = 0

    @cached_property
    def policy(self) -> Any:
        return policy_registry.get_by_type(Lead)

    def check_perm(self, obj: Lead) -> bool:
        return bool(
            self.policy.user_has_permission_for_instance(
                self.request.user, "change", obj
            )
        )

    def get_actionable_objects(self) -> tuple[list[Lead], dict[str, list[Lead]]]:
        """Leads that the user may work on. Others are not told of: not even their receipts are everybody's."""
        chosen = [pk for pk in self.request.GET.getlist("id") if pk.isdecimal()]
        leads: QuerySet[Lead] = Lead.objects.with_relations().filter(pk__in=chosen)
        return [lead for lead in leads if self.check_perm(lead)], {}

    def get_initial(self) -> dict[str, Any]:
        leads, _without = self.get_actionable_objects()
        return {"seen": {lead.pk: lead.version for lead in leads}}

    def get_execution_context(self) -> dict[str, Any]:
        return {"action": self}

    @classmethod
    def execute_action(
        cls, objects: list[Lead], *, action: "LeadBulkAction", **kwargs: Any
    ) -> tuple[int, int]:
        done = sum(action.try_on(lead) for lead in objects)
        action.left = len(objects) - done
        return done, 0

    def try_on(self, lead: Lead) -> bool:
        cleaned = self.cleaned_form.cleaned_data
        if cleaned["seen"].get(str(lead.pk)) != lead.version:
            return False
        try:
            return self.act_on(lead, cleaned)
        except (EditConflict, WrongTransition):
            return False

    def act_on(self, lead: Lead, cleaned: dict[str, Any]) -> bool:
        raise NotImplementedError

    def get_success_message(
        self, num_parent_objects: int, num_child_objects: int
    ) -> Any:
        if self.left:
            messages.warning(self.request, self.describe_left())
        if not num_parent_objects:
            return None
        message = ngettext(
            "%(number)d lead has been changed.",
            "%(number)d leads have been changed.",
            num_parent_objects,
        )
        return message % {"number": num_parent_objects}

    def describe_left(self) -> str:
        message = ngettext(
            "%(number)d lead is as it was: somebody has changed it meanwhile, or its status does not allow it.",
            "%(number)d leads are as they were: somebody has changed them meanwhile, or their status does not allow "
            "it.",
            self.left,
        )
        return message % {"number": self.left}


class BulkAssignment(LeadBulkAction):
    display_name = _("Assign")
    aria_label = _("Assign the chosen leads")
    action_type = "assign"
    action_priority = 10
    form_class = BulkAssignmentForm

    def act_on(self, lead: Lead, cleaned: dict[str, Any]) -> bool:
        assign(lead, cleaned["assignee"], self.request.user, version=lead.version)
        return True


class BulkStatus(LeadBulkAction):
    display_name = _("Change the status")
    aria_label = _("Change the status of the chosen leads")
    action_type = "status"
    action_priority = 20
    form_class = BulkStatusForm

    def act_on(self, lead: Lead, cleaned: dict[str, Any]) -> bool:
        change_status(
            lead,
            cleaned["status"],
            self.request.user,
            version=lead.version,
            reason=cleaned["reason"] if cleaned["status"] == Status.LOST else "",
        )
        return True


class BulkRelease(LeadBulkAction):
    display_name = _("Release from spam")
    aria_label = _("Release the chosen leads from spam")
    action_type = "release"
    action_priority = 30

    def act_on(self, lead: Lead, cleaned: dict[str, Any]) -> bool:
        return release(lead, self.request.user)


BULK_ACTIONS: list[type[LeadBulkAction]] = [BulkAssignment, BulkStatus, BulkRelease]
