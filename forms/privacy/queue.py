"""The queue of requests for personal data in the admin."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import path
from django.urls.resolvers import URLPattern
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from forms.models import DataRequest
from forms.privacy.answer_views import ACTIONS, DataRequestInspectView


class DataRequestIndexView(IndexView):
    any_permission_required = ["view"]


class DataRequestFilterSet(WagtailFilterSet):
    class Meta:
        model = DataRequest
        fields = ["state", "kind"]


class DueColumn(DateColumn):
    cell_template_name = "forms/admin/due_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> Any:
        context = super().get_cell_context_data(instance, parent_context)
        return {**context, "is_overdue": instance.is_overdue}


class DataRequestViewSet(ModelViewSet):
    model = DataRequest
    icon = "lock"
    menu_label = gettext_lazy("Requests for data")
    # Nothing that is asked for must keep a lead from being erased.
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    form_fields: list[str] = []
    index_view_class = DataRequestIndexView
    inspect_view_class = DataRequestInspectView
    inspect_template_name = "forms/admin/data_request.html"
    filterset_class = DataRequestFilterSet
    search_fields = ["number", "receipt"]
    list_per_page = 50
    ordering = ["-created_at"]
    list_display = [
        "number",
        Column("get_kind_display", label=gettext_lazy("Asks for")),
        Column("get_state_display", label=gettext_lazy("State")),
        Column("receipt", label=gettext_lazy("Receipt")),
        DateColumn("created_at", label=gettext_lazy("Received")),
        DueColumn("due_on", label=gettext_lazy("Answer due"), sort_key="due_on"),
    ]

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        unused = ("add", "edit", "history", "usage", "delete")
        without = {f"{name}_url_name": None for name in unused}
        return super().get_common_view_kwargs(**without, **kwargs)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("inspect/<int:pk>/", self.inspect_view, name="inspect"),
            *(
                path(f"{name}/<int:pk>/", self.construct_view(view), name=name)
                for name, view in ACTIONS.items()
            ),
        ]

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        """Requests come from visitors: nobody adds or deletes them. To change one is to answer it."""
        permissions = super().get_permissions_to_register()
        return permissions.filter(
            codename__in=["view_datarequest", "change_datarequest"]
        )
