"""Leads as a file: only for a purpose, which is kept, and in bounded memory however many there are."""

import tempfile
from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from forms.exports import HarmlessExportMixin
from forms.models import Lead
from forms.models.leads import LeadQuerySet
from forms.privacy.reading import record_export

CHUNK = 1000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ExportForm(forms.Form):
    purpose = forms.CharField(
        label=_("Purpose"),
        max_length=300,
        help_text=_("What the data is exported for. It is kept with your name."),
    )
    export = forms.ChoiceField(
        label=_("File format"), choices=[("xlsx", "XLSX"), ("csv", "CSV")]
    )


class Rows:
    """Leads that are read from the database as they are written to the file."""

    def __init__(self, leads: LeadQuerySet) -> None:
        self.leads = leads
        self.model = Lead

    def __iter__(self) -> Iterator[Lead]:
        return self.leads.iterator(chunk_size=CHUNK)


class StreamedExportMixin(HarmlessExportMixin):
    def stream_csv(self, queryset: Any) -> Any:
        return super().stream_csv(Rows(queryset))

    def write_xlsx_response(self, queryset: Any) -> FileResponse:
        output = tempfile.TemporaryFile()  # noqa: SIM115 (the response closes it)
        self.write_xlsx(Rows(queryset), output)
        output.seek(0)
        return FileResponse(
            output,
            as_attachment=True,
            content_type=XLSX,
            filename=f"{self.get_filename()}.xlsx",
        )


class ExportWithPurposeMixin(StreamedExportMixin):
    """A list's export behind a form that asks what it is for."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.is_export = request.method == "POST"

    def user_has_any_permission(self, permissions: Any) -> bool:
        return self.request.user.has_perm(
            "forms.export_lead"
        ) and super().user_has_any_permission(permissions)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        chosen = request.GET.get("export")
        return self.ask(ExportForm(initial={"export": chosen}, label_suffix=""))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = ExportForm(request.POST, label_suffix="")
        if not form.is_valid():
            return self.ask(form, status=422)
        leads = self.get_queryset()
        # The words of a search may be somebody's name or number.
        selection = {
            key: str(value)
            for key, value in request.GET.items()
            if value and key not in ("q", "export")
        }
        selection |= {"q": "…"} if request.GET.get("q") else {}
        record_export(
            request.user, form.cleaned_data["purpose"], leads.count(), selection
        )
        response: HttpResponse = self.as_spreadsheet(leads, form.cleaned_data["export"])
        response.headers["Cache-Control"] = "no-store"
        return response

    def ask(self, form: ExportForm, status: int = 200) -> HttpResponse:
        values = {"form": form, "number": self.get_queryset().count()}
        return render(self.request, "forms/admin/export.html", values, status=status)
