"""Leads in the admin: listed with what is personal masked, found, worked on, and exported for a purpose."""

from typing import Any

import django_filters
from django.contrib.auth.models import Permission
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.urls import path, reverse
from django.urls.resolvers import URLPattern
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import (
    BaseColumn,
    BooleanColumn,
    BulkActionsCheckboxColumn,
)
from wagtail.admin.views.generic import DeleteView, IndexView
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets import Button
from wagtail.permissions import policy_registry

from cms.cities.models import City
from cms.cities.views import OwnRowMixin, OwnRowsMixin
from cms.core.models import CertificationProject
from forms.desk.columns import ColumnsView, chosen_columns
from forms.desk.forms import find_agents
from forms.desk.overdue import late
from forms.desk.views import (
    LeadAssignmentView,
    LeadHoldView,
    LeadInspectView,
    LeadNoteView,
    LeadReleaseView,
    LeadRevealView,
    LeadStatusView,
)
from forms.models import Agent, AssignmentRule, FormPage, Lead, NotificationRule
from forms.models.leads import LeadQuerySet, Status
from forms.privacy.export import ExportWithPurposeMixin
from forms.privacy.queue import DataRequestViewSet


def only_with_leads(model: Any, column: str) -> Any:
    """The choices of a filter: those that some lead has, of the leads that the user may see."""

    def queryset(request: Any) -> QuerySet:
        policy = policy_registry.get_by_type(Lead)
        leads = policy.within_limits(request.user, Lead.objects.all())
        return model.objects.filter(Exists(leads.filter(**{column: OuterRef("pk")})))

    return queryset


def find_agents_of(request: Any) -> QuerySet:
    return find_agents()


class LeadFilterSet(WagtailFilterSet):
    created_at = django_filters.DateFromToRangeFilter(
        label=_("Received"), widget=DateRangePickerWidget
    )
    form = django_filters.ModelChoiceFilter(
        label=_("Form"), queryset=only_with_leads(FormPage, "form")
    )
    city = django_filters.ModelChoiceFilter(
        label=_("City"), queryset=only_with_leads(City, "city")
    )
    project = django_filters.ModelChoiceFilter(
        label=_("Certification project"),
        queryset=only_with_leads(CertificationProject, "project"),
    )

    assignee = django_filters.ModelChoiceFilter(
        label=_("Assignee"), queryset=find_agents_of, null_label=_("Nobody")
    )

    overdue = django_filters.BooleanFilter(label=_("Overdue"), method="filter_overdue")

    def filter_overdue(
        self, leads: LeadQuerySet, name: str, value: bool
    ) -> LeadQuerySet:
        return leads.filter(late()) if value else leads.exclude(late())

    class Meta:
        model = Lead
        fields = [
            *("status", "created_at", "form", "city", "project", "assignee"),
            *("source", "is_verified", "is_held"),
        ]


class LeadIndexView(OwnRowsMixin, IndexView):
    any_permission_required = ["view"]
    template_name = "forms/admin/leads.html"
    # Tells Wagtail to show the search box; `search_queryset` does the rest.
    search_fields = ["receipt"]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        # There is no export without a purpose: see `LeadExportView`.
        self.is_export = False

    def get_base_queryset(self) -> LeadQuerySet:
        """Spam is out of the way, unless somebody asks for it or looks for something."""
        leads: Any = super().get_base_queryset()
        wanted = self.request.GET.get("status") or self.request.GET.get("q")
        return (
            leads.with_relations()
            if wanted
            else leads.with_relations().exclude(status=Status.SPAM)
        )

    @cached_property
    def columns(self) -> list[BaseColumn]:
        columns = [*super().columns, *chosen_columns(self.request.user)]
        if not self.user_has_permission("change"):
            return columns
        return [BulkActionsCheckboxColumn("bulk_actions", obj_type="lead"), *columns]

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        button = Button(
            gettext("Choose columns"),
            url=reverse("leads:columns"),
            icon_name="table",
            priority=10,
        )
        return [*super().header_more_buttons, button]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_change = self.user_has_permission("change")
        return {**super().get_context_data(**kwargs), "may_change": may_change}

    def get_export_url(self, format: str) -> str:
        query = self.request.GET.copy()
        query["export"] = format
        return f"{reverse('leads:export')}?{query.urlencode()}"

    @property
    def show_export_buttons(self) -> bool:
        return self.request.user.has_perm("forms.export_lead")

    def search_queryset(self, queryset: LeadQuerySet) -> LeadQuerySet:
        return queryset.search(self.search_query) if self.is_searching else queryset


class LeadExportView(ExportWithPurposeMixin, LeadIndexView):
    """Behind the list's filters, in the list's order."""

    def get_base_queryset(self) -> LeadQuerySet:
        return super().get_base_queryset().with_advertising()


class LeadDeleteView(OwnRowMixin, DeleteView):
    pass


ACTIONS: dict[str, type[LeadInspectView]] = {
    "status": LeadStatusView,
    "assignment": LeadAssignmentView,
    "note": LeadNoteView,
    "reveal": LeadRevealView,
    "release": LeadReleaseView,
    "hold": LeadHoldView,
}


class LeadViewSet(ModelViewSet):
    model = Lead
    icon = "mail"
    # What a lead refers to must never keep an editor from deleting it, nor be looked up for each new lead.
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    form_fields: list[str] = []

    index_view_class = LeadIndexView
    inspect_view_class = LeadInspectView
    delete_view_class = LeadDeleteView
    inspect_template_name = "forms/admin/lead.html"
    filterset_class = LeadFilterSet
    search_fields = ["receipt"]
    list_per_page = 50
    list_display = ["receipt"]
    export_filename = "leads"
    list_export = [
        *(
            "receipt",
            "created_at",
            "get_status_display",
            "name",
            "mobile_display",
            "landline_display",
        ),
        *("company", "project_name", "city", "form_title", "answers_display"),
        *("language", "get_source_display", "may_be_advertised_to"),
    ]
    export_headings = {
        "may_be_advertised_to": _("Agrees to advertising"),
        "get_status_display": _("Status"),
        "mobile_display": _("Mobile number"),
        "landline_display": _("Office number"),
        "answers_display": _("Answers"),
        "get_source_display": _("Came through"),
    }

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        unused = ("add", "edit", "history", "usage")
        without = {f"{name}_url_name": None for name in unused}
        return super().get_common_view_kwargs(**without, **kwargs)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("inspect/<int:pk>/", self.inspect_view, name="inspect"),
            path("delete/<int:pk>/", self.delete_view, name="delete"),
            path("columns/", self.construct_view(ColumnsView), name="columns"),
            path(
                "export/",
                self.construct_view(LeadExportView, **self.get_index_view_kwargs()),
                name="export",
            ),
            *(
                path(f"{name}/<int:pk>/", self.construct_view(view), name=name)
                for name, view in ACTIONS.items()
            ),
        ]

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        """Leads come from visitors: there is no permission to add them. To change one is to work on it."""
        names = ("view", "change", "delete", "reveal", "export")
        permissions = super().get_permissions_to_register()
        return permissions.filter(codename__in=[f"{name}_lead" for name in names])


class RuleViewSet(ModelViewSet):
    list_display = ["name", BooleanColumn("is_active", label=_("in use"))]
    add_to_reference_index = False
    copy_view_enabled = False


class AssignmentRuleViewSet(RuleViewSet):
    model = AssignmentRule
    icon = "group"
    menu_label = _("Assignment rules")


class NotificationRuleViewSet(RuleViewSet):
    model = NotificationRule
    icon = "bell"
    menu_label = _("Notification rules")


class AgentViewSet(ModelViewSet):
    model = Agent
    icon = "user"
    menu_label = _("Agents")
    form_fields = ["user", "is_on_duty"]
    list_display = ["__str__", "is_on_duty"]
    add_to_reference_index = False
    copy_view_enabled = False


class LeadViewSetGroup(ViewSetGroup):
    menu_label = _("Leads")
    menu_icon = "mail"
    menu_order = 110
    items = (
        LeadViewSet("leads"),
        DataRequestViewSet("data_requests"),
        AssignmentRuleViewSet("assignment_rules"),
        NotificationRuleViewSet("notification_rules"),
        AgentViewSet("agents"),
    )
