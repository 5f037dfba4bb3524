"""The columns of the list of leads: those that there are, and those that somebody has chosen to see."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from forms.models import ChosenColumns, Lead


class MarksColumn(Column):
    """What makes a lead stand out: overdue, spam, unverified, under legal hold."""

    cell_template_name = "forms/admin/marks_cell.html"

    def get_value(self, instance: Any) -> Any:
        return instance


COLUMNS: dict[str, Column] = {
    column.name: column
    for column in (
        Column("get_status_display", label=gettext_lazy("Status"), sort_key="status"),
        MarksColumn("marks", label=gettext_lazy("Marks")),
        Column("masked_name", label=gettext_lazy("Full name")),
        Column("masked_mobile", label=gettext_lazy("Mobile number")),
        Column("company", label=gettext_lazy("Company")),
        Column("project_name", label=gettext_lazy("Project")),
        Column("city", label=gettext_lazy("City")),
        Column("assignee", label=gettext_lazy("Assignee")),
        Column("touch_count", label=gettext_lazy("Submissions")),
        Column("form_title", label=gettext_lazy("Form")),
        Column("get_source_display", label=gettext_lazy("Came through")),
        Column("language", label=gettext_lazy("Language")),
        DateColumn("due_at", label=gettext_lazy("First response due")),
        DateColumn("last_touch_at", label=gettext_lazy("Last asked")),
        DateColumn("created_at", label=gettext_lazy("Received"), sort_key="created_at"),
    )
}
DEFAULT = [
    *("get_status_display", "marks", "masked_name", "masked_mobile", "company"),
    *("project_name", "city", "assignee", "created_at"),
]


def chosen_names(user: Any) -> list[str]:
    """What the user has chosen, in the order of the columns. Those that are gone are left out."""
    chosen = ChosenColumns.objects.filter(user=user).first()
    names = chosen.names if chosen else DEFAULT
    return [name for name in COLUMNS if name in names]


def chosen_columns(user: Any) -> list[Column]:
    return [COLUMNS[name] for name in chosen_names(user)]


class ColumnsForm(forms.Form):
    columns = forms.MultipleChoiceField(
        label=gettext_lazy("Columns"),
        choices=[(name, column.label) for name, column in COLUMNS.items()],
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Only your own list changes. The receipt always stands first."
        ),
    )


class ColumnsView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """Somebody chooses the columns of their own list, or goes back to those that everybody begins with."""

    model = Lead
    any_permission_required = ["view"]
    page_title = gettext_lazy("Columns of the list")
    header_icon = "table"
    template_name = "forms/admin/columns.html"
    form_class = ColumnsForm

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("leads:index"), "label": _("Leads")},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_initial(self) -> dict[str, Any]:
        return {"columns": chosen_names(self.request.user)}

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if "reset" in request.POST:
            ChosenColumns.objects.filter(user=request.user).delete()
            return self.go_back()
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: ColumnsForm) -> HttpResponse:
        user: Any = self.request.user
        names = form.cleaned_data["columns"]
        ChosenColumns.objects.update_or_create(user=user, defaults={"names": names})
        return self.go_back()

    def go_back(self) -> HttpResponse:
        messages.success(self.request, _("Your list has other columns now."))
        return redirect("leads:index")
