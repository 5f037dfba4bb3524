"""Who has read personal data: a report, after Wagtail's own."""

from typing import Any

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports import ReportView

from forms.models import PersonalDataRead

PERMISSION = "forms.view_personaldataread"


class ReadingFilterSet(WagtailFilterSet):
    created_at = django_filters.DateFromToRangeFilter(
        label=_("Time"), widget=DateRangePickerWidget
    )
    receipt = django_filters.CharFilter(label=_("Receipt"), lookup_expr="iexact")

    class Meta:
        model = PersonalDataRead
        fields = ["created_at", "kind", "user", "receipt"]


class ReadingReportView(ReportView):
    page_title = _("Readings of personal data")
    header_icon = "view"
    index_url_name = "personal_data_readings"
    index_results_url_name = "personal_data_readings_results"
    filterset_class = ReadingFilterSet
    paginate_by = 50
    list_export = [
        *("created_at", "kind", "user_name", "receipt", "reason", "lead_count")
    ]
    columns = [
        DateColumn("created_at", label=_("Time")),
        Column("user_name", label=_("User")),
        Column("get_kind_display", label=_("Kind")),
        Column("receipt", label=_("Receipt")),
        Column("lead_count", label=_("Number of leads")),
        Column("reason", label=_("Reason")),
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self) -> QuerySet[PersonalDataRead]:
        return PersonalDataRead.objects.all()
