"""The register in the admin: editors add how a branch is reached; the register's own facts are read-only."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.chooser import (
    BaseSnippetChooseView,
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
)

from cms.cities.models import City, CityQuerySet, CityTexts
from cms.cities.panels import InheritedFactPanel, InheritedProjectsPanel
from cms.cities.views import PlaceIndexView, PlaceSnippetViewSet
from cms.core.widgets import ProjectSelectMultiple


def provinces(request: Any = None) -> CityQuerySet:
    return City.objects.provinces()


class CityFilterSet(WagtailFilterSet):
    parent = django_filters.ModelChoiceFilter(label=_("Province"), queryset=provinces)
    has_phone = django_filters.BooleanFilter(
        field_name="phone", label=_("Own phone"), method="filter_filled"
    )
    has_address = django_filters.BooleanFilter(
        field_name="address", label=_("Own address"), method="filter_filled"
    )

    class Meta:
        model = City
        fields = ["level", "parent", "has_phone", "has_address", "is_hot"]

    def filter_filled(self, queryset: QuerySet, name: str, filled: bool) -> QuerySet:
        return (
            queryset.exclude(**{name: ""}) if filled else queryset.filter(**{name: ""})
        )


class TickColumn(Column):
    """A tick where there is something. Most rows have nothing, and nothing is wrong with them."""

    cell_template_name = "cities/admin/tick_cell.html"


class CityIndexView(PlaceIndexView):
    def search_queryset(self, queryset: CityQuerySet) -> CityQuerySet:
        return queryset.search(self.search_query) if self.is_searching else queryset


class CityFilterForm(BaseFilterForm):
    """Search and province of the window in which a city is chosen."""

    q = forms.CharField(
        label=_("Name, pinyin or initials"),
        required=False,
        widget=forms.TextInput(attrs={"placeholder": _("Name, pinyin or initials")}),
    )
    province = forms.ModelChoiceField(
        label=_("Province"),
        queryset=City.objects.provinces(),
        required=False,
        widget=forms.Select(attrs={"data-chooser-modal-search-filter": True}),
    )

    def filter(self, objects: CityQuerySet) -> CityQuerySet:
        if words := self.cleaned_data["q"]:
            self.is_searching, self.search_query = True, words
            objects = objects.search(words)
        if province := self.cleaned_data["province"]:
            objects = objects.filter(parent=province)
        return objects


class CitiesToChoose(BaseSnippetChooseView):
    """Cities only: where a province may be chosen, its list is short enough for a plain select."""

    filter_form_class = CityFilterForm

    def get_object_list(self) -> CityQuerySet:
        return City.objects.cities().with_province()

    @property
    def columns(self) -> list[Column]:
        return [*super().columns, Column("parent", label=_("Province"))]


class CityChooseView(CitiesToChoose, ChooseView):
    pass


class CityChooseResultsView(CitiesToChoose, ChooseResultsView):
    pass


class CityChooserViewSet(SnippetChooserViewSet):
    choose_view_class = CityChooseView
    choose_results_view_class = CityChooseResultsView


class CityViewSet(PlaceSnippetViewSet):
    model = City
    icon = "site"
    menu_label = _("City register")
    index_view_class = CityIndexView
    chooser_viewset_class = CityChooserViewSet
    filterset_class = CityFilterSet
    list_display = [
        "name",
        "level",
        "parent",
        "area_code",
        TickColumn("phone", label=_("Own phone"), width="10%"),
        TickColumn("address", label=_("Own address"), width="10%"),
        TickColumn("is_hot", label=_("hot"), sort_key="is_hot", width="10%"),
    ]
    # Tells Wagtail to show the search box; `search_queryset` does the rest.
    search_fields = ["name"]
    list_per_page = 50
    panels = [
        MultiFieldPanel(
            [
                InheritedFactPanel("phone"),
                InheritedFactPanel("address"),
                InheritedFactPanel("opening_hours"),
                InheritedFactPanel("service_radius"),
                InheritedFactPanel("team"),
                InheritedProjectsPanel("projects", widget=ProjectSelectMultiple),
                FieldPanel("is_hot"),
            ],
            heading=_("Branch"),
        ),
        MultiFieldPanel(
            [
                FieldPanel(name, read_only=True)
                for name in (
                    "name",
                    "short_name",
                    "level",
                    "parent",
                    "code",
                    "slug",
                    "area_code",
                )
            ],
            heading=_("Register"),
        ),
    ]

    def get_queryset(self, request: Any) -> CityQuerySet:
        return City.objects.with_province()


class CityTextsViewSet(PlaceSnippetViewSet):
    """Texts come with their places, and from translators."""

    model = CityTexts
    icon = "site"
    list_display = ["city", "address", "opening_hours"]
    list_per_page = 50
    copy_view_enabled = False

    def get_queryset(self, request: Any) -> QuerySet:
        return CityTexts.objects.select_related("city", "locale")
