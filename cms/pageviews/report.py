"""Which pages are read, and how much: a report, after Wagtail's own."""

from datetime import timedelta
from typing import Any

from django.db.models import Model, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from cms.pageviews.models import DailyViews, today

WEEK, MONTH = timedelta(days=7), timedelta(days=30)


def views_since(span: timedelta) -> Coalesce:
    """Of each page, today included."""
    days = DailyViews.objects.filter(page=OuterRef("pk"), day__gt=today() - span)
    sums = days.order_by().values("page").annotate(sum=Sum("number"))
    return Coalesce(Subquery(sums.values("sum")), 0)


class PageViewsReportView(ReportView):
    model: type[Model] = Page
    page_title = _("Page views")
    header_icon = "view"
    index_url_name = "page_views_report"
    index_results_url_name = "page_views_report_results"
    default_ordering = "-week"
    export_filename = "page-views"
    list_export = ["title", "week", "month", "view_total.total"]
    export_headings = {
        "title": _("Page"),
        "week": _("Last 7 days"),
        "month": _("Last 30 days"),
        "view_total.total": _("Since the beginning"),
    }
    columns = [
        TitleColumn(
            "title",
            label=_("Page"),
            accessor="get_admin_display_title",
            get_url=lambda page: reverse("wagtailadmin_pages:edit", args=[page.pk]),
        ),
        Column("locale", label=_("Language")),
        Column("week", label=_("Last 7 days"), sort_key="week"),
        Column("month", label=_("Last 30 days"), sort_key="month"),
        Column(
            "total",
            label=_("Since the beginning"),
            accessor="view_total.total",
            sort_key="view_total__total",
        ),
    ]

    def user_has_any_permission(self, permissions: Any) -> bool:
        return page_permission_policy.user_has_any_permission(
            self.request.user, {"add", "change", "publish"}
        )

    any_permission_required = ["change"]

    def get_base_queryset(self) -> QuerySet:
        pages = page_permission_policy.explorable_instances(self.request.user)
        return (
            pages.filter(view_total__isnull=False)
            .select_related("view_total", "locale")
            .annotate(week=views_since(WEEK), month=views_since(MONTH))
        )

    def order_queryset(self, queryset: QuerySet) -> QuerySet:
        return queryset.order_by(self.ordering, "pk")


class PageViewsMenuItem(MenuItem):
    """For everybody who works on pages."""

    def __init__(self) -> None:
        super().__init__(
            _("Page views"),
            reverse("page_views_report"),
            name="page-views",
            icon_name="view",
            order=500,
        )

    def is_shown(self, request: HttpRequest) -> bool:
        return page_permission_policy.user_has_any_permission(
            request.user, {"add", "change", "publish"}
        )
