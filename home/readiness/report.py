"""The editors' to-do list: how ready the page of every city is, and what to add."""

from collections.abc import Callable, Iterator
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views.reports import ReportView

from cms.cities.models import City
from forms.exports import HarmlessExportMixin
from home.models import CityPage, CityReadiness
from home.readiness.advice import explain, explain_warnings, percent
from home.readiness.wording import Warning

ANY_PERMISSION = ["add", "change", "publish"]
STATES = {
    "ready": Q(readiness__is_ready=True),
    "not_ready": Q(readiness__is_ready=False) | Q(readiness=None),
    "warnings": Q(readiness__isnull=False) & ~Q(readiness__warnings=[]),
}


class ReadinessFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        label=_("Readiness"),
        method="filter_state",
        choices=[
            ("ready", _("Ready")),
            ("not_ready", _("Not ready")),
            ("warnings", _("With warnings")),
        ],
    )
    province = django_filters.ModelChoiceFilter(
        label=_("Province"),
        field_name="city__parent",
        queryset=City.objects.provinces(),
    )

    class Meta:
        model = CityPage
        fields = ["live"]

    def filter_state(self, pages: QuerySet, name: str, value: str) -> QuerySet:
        return pages.filter(STATES[value])


def readiness_of(page: CityPage) -> CityReadiness:
    """What was computed, else an empty result."""
    return getattr(page, "readiness", None) or CityReadiness()


def state_of(page: CityPage) -> Any:
    readiness = readiness_of(page)
    if not page.live:
        return _("Draft")
    if readiness.computed_at is None:
        return _("Being computed")
    return _("Ready") if readiness.is_ready else _("Not ready")


def advice_for(page: CityPage) -> list[str]:
    lines = explain(readiness_of(page).criteria)
    return [line.advice for line in lines if line.advice]


def missing_from(page: CityPage) -> list[str]:
    """In few words, each with the points that it would bring."""
    lines = explain(readiness_of(page).criteria)
    return [f"{line.label} +{line.max - line.points}" for line in lines if line.advice]


def warnings_for(page: CityPage) -> list[str]:
    stored = readiness_of(page).warnings
    return explain_warnings(Warning(*each) for each in stored)


class LinesColumn(Column):
    """Several sentences, one below the other."""

    cell_template_name = "home/admin/lines_cell.html"


class ReadinessReportView(HarmlessExportMixin, ReportView):
    model = CityPage
    page_title = _("Readiness of city pages")
    header_icon = "clipboard-list"
    index_url_name = "city_readiness_report"
    index_results_url_name = "city_readiness_report_results"
    filterset_class = ReadinessFilterSet
    any_permission_required = ANY_PERMISSION
    # What has most to be done comes first.
    default_ordering = "readiness__score"
    export_filename = "city-readiness"

    columns = [
        TitleColumn(
            "city",
            label=_("City"),
            sort_key="city__pinyin",
            classname="title w-whitespace-nowrap",
            get_url=lambda page: reverse("wagtailadmin_pages:edit", args=[page.pk]),
        ),
        Column(
            "province",
            label=_("Province"),
            accessor="city.parent",
            sort_key="city__parent__pinyin",
        ),
        Column("locale", label=_("Language"), sort_key="locale__language_code"),
        StatusTagColumn(
            "state",
            label=_("Readiness"),
            accessor=state_of,
            primary=lambda page: readiness_of(page).is_ready,
            sort_key="readiness__is_ready",
        ),
        Column(
            "score",
            label=_("Score"),
            accessor=lambda page: readiness_of(page).score,
            sort_key="readiness__score",
        ),
        Column(
            "share",
            label=_("Own text"),
            accessor=lambda page: f"{percent(readiness_of(page).unique_share)} %",
            sort_key="readiness__unique_share",
        ),
        LinesColumn(
            "missing",
            label=_("What to add"),
            accessor=missing_from,
            classname="w-whitespace-nowrap",
        ),
        LinesColumn("warnings", label=_("Warnings"), accessor=warnings_for),
        DateColumn(
            "computed_at",
            label=_("Computed"),
            accessor=lambda page: readiness_of(page).computed_at,
            sort_key="readiness__computed_at",
        ),
    ]

    exported: dict[str, tuple[Any, Callable[[CityPage], Any]]] = {
        "title": (_("Page"), CityPage.get_admin_display_title),
        "city": (_("City"), lambda page: page.city.name),
        "province": (_("Province"), lambda page: str(page.city.parent or "")),
        "language": (_("Language"), lambda page: page.locale.language_code),
        "state": (_("Readiness"), lambda page: str(state_of(page))),
        "score": (_("Score"), lambda page: readiness_of(page).score),
        "share": (
            _("Share of own text"),
            lambda page: round(readiness_of(page).unique_share, 4),
        ),
        "advice": (_("What to add"), lambda page: " ".join(advice_for(page))),
        "warnings": (_("Warnings"), lambda page: " ".join(warnings_for(page))),
        "computed_at": (_("Computed"), lambda page: readiness_of(page).computed_at),
    }
    list_export = list(exported)
    export_headings = {name: heading for name, (heading, _get) in exported.items()}

    def get_base_queryset(self) -> QuerySet:
        allowed = self.permission_policy.instances_user_has_any_permission_for(
            self.request.user, ANY_PERMISSION
        )
        pages = CityPage.objects.filter(pk__in=allowed.order_by().values("pk"))
        return pages.with_city().select_related("locale", "readiness")

    def order_queryset(self, queryset: QuerySet) -> QuerySet:
        """Pages of the same score keep their order from one page of the report to the next."""
        return queryset.order_by(self.ordering, "pk")

    def stream_csv(self, queryset: QuerySet) -> Iterator[bytes]:
        """Written at once: when a response is streamed, the editor's language is no longer active."""
        return iter(list(super().stream_csv(queryset)))

    def to_row_dict(self, item: CityPage) -> dict[str, Any]:
        return {name: get(item) for name, (_heading, get) in self.exported.items()}
