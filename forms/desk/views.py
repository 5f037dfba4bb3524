"""A lead's page in the admin, and what can be done on it. Each action is a POST to an address of its own."""

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from wagtail.admin.views.generic import InspectView
from wagtail.permissions import policy_registry

from cms.cities.views import OwnRowMixin
from cms.outbox.queue import find
from forms.desk.forms import (
    AssignmentForm,
    HoldForm,
    NoteForm,
    RevealForm,
    StatusForm,
)
from forms.desk.statuses import (
    EditConflict,
    add_note,
    assign,
    change_status,
    set_hold,
)
from forms.models import Consent, DataRequest, Lead
from forms.privacy.reading import record_reveal
from forms.spam.quarantine import release, see
from forms.spam.reasons import describe_reasons

FORMS: dict[str, type[forms.Form]] = {
    "status_form": StatusForm,
    "assignment_form": AssignmentForm,
    "note_form": NoteForm,
    "hold_form": HoldForm,
    "reveal_form": RevealForm,
}


CONFLICT = gettext_lazy(
    "Somebody has changed the lead meanwhile: see what it is now, and decide again."
)


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class LeadInspectView(OwnRowMixin, InspectView):
    any_permission_required = ["view"]
    page_title = gettext_lazy("Lead")
    template_name = "forms/admin/lead.html"
    # The form that was sent, where it came back with errors; and whether the personal data may be read.
    sent: dict[str, forms.Form] = {}
    is_revealed = False

    def get_object(self, queryset: Any = None) -> Lead:
        leads = Lead.objects.with_relations()
        lead: Lead = super().get_object(leads if queryset is None else queryset)
        return lead

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        see(self.object)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lead = self.object
        return {
            **super().get_context_data(**kwargs),
            **{name: form(lead) for name, form in FORMS.items()},
            **self.sent,
            "lead": lead,
            "touches": lead.touches.select_related("page", "city"),
            "consents": Consent.objects.filter(touch__lead=lead).select_related("text"),
            "requests": self.find_requests(),
            "events": lead.events.select_related("actor"),
            "messages_sent": find(lead.subject),
            "reasons": describe_reasons(lead.spam_reasons),
            "is_revealed": self.is_revealed,
            "may_change": self.user_has_permission("change"),
            "may_reveal": self.request.user.has_perm("forms.reveal_lead"),
        }

    def find_requests(self) -> list[DataRequest]:
        """Of this lead's person, for those who answer them."""
        policy = policy_registry.get_by_type(DataRequest)
        if not policy.user_has_permission(self.request.user, "view"):
            return []
        return list(self.object.requests.all())


class LeadActionView(LeadInspectView):
    """One action on a lead. What was typed comes back with the page when it cannot be done."""

    http_method_names = ["post"]
    any_permission_required = ["change"]
    form_name: ClassVar[str]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = FORMS[self.form_name](self.object, request.POST)  # type: ignore[arg-type]
        if form.is_valid():
            try:
                return self.act(form.cleaned_data)
            except EditConflict:
                self.object.refresh_from_db()
                form.add_error(
                    None,
                    _(
                        "Somebody has changed the lead meanwhile: see what it is now, and decide again."
                    ),
                )
                form.data = {**request.POST.dict(), "version": self.object.version}
        self.sent = {self.form_name: form}
        return self.render_to_response(self.get_context_data(), status=422)

    def act(self, cleaned: dict[str, Any]) -> HttpResponse:
        raise NotImplementedError

    def go_back(self, message: str) -> HttpResponse:
        messages.success(self.request, message)
        return redirect("leads:inspect", self.object.pk)


class LeadStatusView(LeadActionView):
    form_name = "status_form"

    def act(self, cleaned: dict[str, Any]) -> HttpResponse:
        change_status(
            self.object,
            cleaned["status"],
            self.request.user,
            version=cleaned["version"],
            reason=cleaned["reason"],
        )
        return self.go_back(_("The status has been changed."))


class LeadAssignmentView(LeadActionView):
    form_name = "assignment_form"

    def act(self, cleaned: dict[str, Any]) -> HttpResponse:
        assign(
            self.object,
            cleaned["assignee"],
            self.request.user,
            version=cleaned["version"],
        )
        return self.go_back(_("The lead has been assigned."))


class LeadNoteView(LeadActionView):
    form_name = "note_form"

    def act(self, cleaned: dict[str, Any]) -> HttpResponse:
        add_note(self.object, cleaned["text"], self.request.user)
        return self.go_back(_("The note has been added."))


class LeadHoldView(LeadActionView):
    """Puts a lead under legal hold, or takes it off."""

    form_name = "hold_form"

    def act(self, cleaned: dict[str, Any]) -> HttpResponse:
        set_hold(
            self.object,
            not self.object.is_held,
            self.request.user,
            version=cleaned["version"],
            reason=cleaned["reason"],
        )
        return self.go_back(_("The legal hold has been changed."))


class LeadReleaseView(LeadActionView):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if release(self.object, request.user):
            return self.go_back(
                _("The lead has been released; its receivers are told.")
            )
        return redirect("leads:inspect", self.object.pk)


class LeadRevealView(LeadActionView):
    """Shows the personal data in this one answer. It has no address of its own that could be kept."""

    any_permission_required = ["view"]
    form_name = "reveal_form"

    def user_has_any_permission(self, permissions: Any) -> bool:
        return self.request.user.has_perm(
            "forms.reveal_lead"
        ) and super().user_has_any_permission(permissions)

    def act(self, cleaned: dict[str, Any]) -> HttpResponse:
        record_reveal(self.object, self.request.user, cleaned["reason"])
        self.is_revealed = True
        return self.render_to_response(self.get_context_data())
