from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.urls.resolvers import URLPattern
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from home.models import CityPage, ProvinceContent
from home.readiness.advice import explain_warnings
from home.readiness.panels import warnings_of_draft
from home.readiness.report import ANY_PERMISSION, ReadinessReportView


class ProvinceContentViewSet(SnippetViewSet):
    model = ProvinceContent
    icon = "site"
    list_display = ["province", "seo_title"]
    list_filter = ["province"]
    list_per_page = 50


register_snippet(ProvinceContentViewSet)


class ReadinessReportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        policy = policy_registry.get_by_type(CityPage)
        return policy.user_has_any_permission(request.user, ANY_PERMISSION)


@hooks.register("register_reports_menu_item")
def register_readiness_report() -> MenuItem:
    return ReadinessReportMenuItem(
        _("Readiness of city pages"),
        reverse("city_readiness_report"),
        name="city-readiness",
        icon_name="clipboard-list",
        order=600,
    )


@hooks.register("register_admin_urls")
def register_readiness_report_urls() -> list[URLPattern]:
    report, results = (
        ReadinessReportView.as_view(results_only=only) for only in (False, True)
    )
    return [
        path("reports/city-readiness/", report, name="city_readiness_report"),
        path(
            "reports/city-readiness/results/",
            results,
            name="city_readiness_report_results",
        ),
    ]


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def warn_of_wording(request: HttpRequest, page: Page) -> Any:
    """Warned about, never refused: the editor may have a reason."""
    if isinstance(page, CityPage):
        for warning in explain_warnings(warnings_of_draft(page)):
            messages.warning(request, warning)
