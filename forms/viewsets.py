"""Leads in the admin: to be listed, found, read and exported, not to be written."""

from typing import Any

import django_filters
from django.contrib.auth.models import Permission
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import path
from django.urls.resolvers import URLPattern
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import DeleteView, IndexView, InspectView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import policy_registry

from cms.cities.models import City
from cms.cities.views import OwnRowMixin, OwnRowsMixin
from cms.core.models import CertificationProject
from forms.exports import HarmlessExportMixin
from forms.models import FormPage, Lead
from forms.models.leads import LeadQuerySet


def only_with_leads(model: Any, column: str) -> Any:
    """The choices of a filter: those that some lead has, of the leads that the user may see."""

    def queryset(request: Any) -> QuerySet:
        policy = policy_registry.get_by_type(Lead)
        leads = policy.within_limits(request.user, Lead.objects.all())
        return model.objects.filter(Exists(leads.filter(**{column: OuterRef("pk")})))

    return queryset


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

    class Meta:
        model = Lead
        fields = ["created_at", "form", "city", "project", "source"]


class LeadIndexView(OwnRowsMixin, HarmlessExportMixin, IndexView):
    any_permission_required = ["view"]
    # Tells Wagtail to show the search box; `search_queryset` does the rest.
    search_fields = ["receipt"]

    def get_base_queryset(self) -> LeadQuerySet:
        leads: Any = super().get_base_queryset()
        return leads.with_relations()

    def search_queryset(self, queryset: LeadQuerySet) -> LeadQuerySet:
        return queryset.search(self.search_query) if self.is_searching else queryset


class LeadInspectView(OwnRowMixin, InspectView):
    any_permission_required = ["view"]
    page_title = _("Lead")


class LeadDeleteView(OwnRowMixin, DeleteView):
    pass


class LeadViewSet(ModelViewSet):
    model = Lead
    icon = "mail"
    menu_order = 110
    add_to_admin_menu = True
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
    list_display = [
        "receipt",
        "name",
        Column("mobile_display", label=_("Mobile number")),
        "company",
        "project_name",
        "city",
        "form_title",
        DateColumn("created_at", label=_("Received"), sort_key="created_at"),
    ]
    export_filename = "leads"
    list_export = [
        *("receipt", "created_at", "name", "mobile_display", "landline_display"),
        *("company", "project_name", "city", "form_title", "answers_display"),
        *("language", "get_source_display"),
    ]
    export_headings = {
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
        ]

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        """Leads come from visitors: there is no permission to add or change them."""
        permissions = super().get_permissions_to_register()
        return permissions.filter(codename__in=["view_lead", "delete_lead"])
