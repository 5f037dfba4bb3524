from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from forms.desk.bulk import BULK_ACTIONS
from forms.desk.home_panel import LeadPanel
from forms.privacy.report import PERMISSION, ReadingReportView
from forms.viewsets import LeadViewSetGroup


@hooks.register("register_admin_viewset")
def register_lead_viewsets() -> LeadViewSetGroup:
    return LeadViewSetGroup()


for bulk_action in BULK_ACTIONS:
    hooks.register("register_bulk_action", bulk_action)


@hooks.register("construct_homepage_panels")
def add_lead_panel(request: HttpRequest, panels: list[Component]) -> None:
    if request.user.has_perm("forms.view_lead"):
        panels.append(LeadPanel())


@hooks.register("register_admin_urls")
def register_report_urls() -> list[URLPattern]:
    address = "reports/personal-data/"
    view = ReadingReportView
    return [
        path(address, view.as_view(), name=view.index_url_name),
        path(
            f"{address}results/",
            view.as_view(results_only=True),
            name=view.index_results_url_name,
        ),
    ]


@hooks.register("register_reports_menu_item")
def register_report_menu_item() -> MenuItem:
    return ReadingMenuItem(
        ReadingReportView.page_title,
        reverse_lazy(ReadingReportView.index_url_name),
        icon_name=ReadingReportView.header_icon,
        order=800,
    )


class ReadingMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PERMISSION)


@hooks.register("register_permissions")
def register_reading_permission() -> QuerySet[Permission]:
    return Permission.objects.filter(codename="view_personaldataread")


@hooks.register("register_icons")
def register_icons(icons: list[str]) -> list[str]:
    return [*icons, "forms/admin/phone.svg"]
