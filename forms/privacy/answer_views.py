"""A request for personal data in the admin, and what answers it. Each action is a POST to an address of its own."""

import json
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from wagtail.admin.views.generic import InspectView

from forms.models import DataRequest
from forms.privacy.answer_forms import FORMS
from forms.privacy.answering import (
    AlreadyAnswered,
    UnderHold,
    correct,
    erase_person,
    finish,
    give_copy,
)
from forms.privacy.subject import leads_of

UNDER_HOLD = gettext_lazy(
    "A lead of this person is under legal hold: nothing was erased. End the hold, or refuse and say why."
)


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class DataRequestInspectView(InspectView):
    any_permission_required = ["view"]
    page_title = gettext_lazy("Request for data")
    template_name = "forms/admin/data_request.html"
    # The form that was sent, where it came back with errors.
    sent: dict[str, forms.Form] = {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            **{name: form(label_suffix="") for name, form in FORMS.items()},
            **self.sent,
            "data_request": self.object,
            "leads": leads_of(self.object),
            "may_answer": self.user_has_permission("change"),
        }


class DataRequestActionView(DataRequestInspectView):
    """One answer to a request. What was typed comes back with the page when it cannot be given."""

    http_method_names = ["post"]
    any_permission_required = ["change"]
    form_name: ClassVar[str]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = FORMS[self.form_name](request.POST, label_suffix="")
        if form.is_valid():
            try:
                return self.answer(form.cleaned_data)
            except AlreadyAnswered:
                message = _("Somebody has answered this request meanwhile.")
                messages.warning(self.request, message)
            except UnderHold:
                form.add_error(None, UNDER_HOLD)
            self.object.refresh_from_db()
        self.sent = {self.form_name: form}
        return self.render_to_response(self.get_context_data(), status=422)

    def answer(self, cleaned: dict[str, Any]) -> HttpResponse:
        raise NotImplementedError

    def go_back(self, message: str) -> HttpResponse:
        messages.success(self.request, message)
        return redirect("data_requests:inspect", self.object.pk)


class CopyView(DataRequestActionView):
    form_name = "copy_form"

    def answer(self, cleaned: dict[str, Any]) -> HttpResponse:
        copy = give_copy(self.object, self.request.user)
        suffix = cleaned["format"]
        content = as_json(copy) if suffix == "json" else as_html(self.object, copy)
        media_type = "application/json" if suffix == "json" else "text/html"
        response = HttpResponse(content, content_type=f"{media_type}; charset=utf-8")
        name = f"{self.object.number}.{suffix}"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return response


def as_json(copy: list[dict[str, Any]]) -> str:
    return json.dumps(copy, ensure_ascii=False, indent=2)


def as_html(request: DataRequest, copy: list[dict[str, Any]]) -> str:
    """A document of its own, in the language that the person has asked in."""
    with translation.override(request.language):
        values = {"data_request": request, "leads": copy}
        return render_to_string("forms/copy_of_data.html", values)


class CorrectionView(DataRequestActionView):
    form_name = "correction_form"

    def answer(self, cleaned: dict[str, Any]) -> HttpResponse:
        correct(self.object, cleaned["values"], self.request.user)
        return self.go_back(_("The data has been corrected."))


class ErasureView(DataRequestActionView):
    form_name = "erasure_form"

    def answer(self, cleaned: dict[str, Any]) -> HttpResponse:
        erase_person(self.object, self.request.user)
        return self.go_back(_("The person's data has been erased."))


class AnswerView(DataRequestActionView):
    form_name = "answer_form"

    def answer(self, cleaned: dict[str, Any]) -> HttpResponse:
        finish(self.object, cleaned["state"], cleaned["answer"], self.request.user)
        return self.go_back(_("The request has been answered."))


ACTIONS: dict[str, type[DataRequestActionView]] = {
    "copy": CopyView,
    "correction": CorrectionView,
    "erasure": ErasureView,
    "answer": AnswerView,
}
