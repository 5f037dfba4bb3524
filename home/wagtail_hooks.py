from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path
from django.urls.resolvers import URLPattern, URLResolver
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from cms.cities.views import PlaceSnippetViewSet
from cms.users.models import User
from home.bulk import report, urls
from home.bulk.menu import BulkMenuItem, get_page_buttons
from home.models import CityIndexPage, CityPage, ProvinceContent
from home.readiness.menu import ReadinessReportMenuItem
from home.readiness.messages import warn_of_wording
from home.readiness.report import ReadinessReportView


class ProvinceContentViewSet(PlaceSnippetViewSet):
    model = ProvinceContent
    icon = "site"
    menu_hook = "register_cities_menu_item"
    menu_order = 50
    list_display = ["province", "seo_title"]
    list_filter = ["province"]
    list_per_page = 50


register_snippet(ProvinceContentViewSet)


@hooks.register("register_admin_urls")
def register_bulk_urls() -> list[URLResolver]:
    return [path("city-pages-in-bulk/", include(urls))]


@hooks.register("register_cities_menu_item")
def register_bulk_menu_item() -> MenuItem:
    return BulkMenuItem()


@hooks.register("register_page_header_buttons")
def register_bulk_page_buttons(
    page: Page, user: User, **kwargs: object
) -> Iterator[Button]:
    return get_page_buttons(page, user)


@hooks.register("register_log_actions")
def register_bulk_log_action(actions: LogActionRegistry) -> None:
    report.register(actions)


@hooks.register("register_reports_menu_item")
def register_readiness_report() -> MenuItem:
    return ReadinessReportMenuItem()


@hooks.register("register_admin_urls")
def register_readiness_report_urls() -> list[URLPattern]:
    name = "city_readiness_report"
    report_view, results_view = (
        ReadinessReportView.as_view(results_only=only) for only in (False, True)
    )
    return [
        path("reports/city-readiness/", report_view, name=name),
        path("reports/city-readiness/results/", results_view, name=f"{name}_results"),
    ]


@hooks.register("before_copy_page")
def keep_one_page_for_a_city(request: HttpRequest, page: Page) -> HttpResponse | None:
    """No form asks for the city when a page is copied: in its own list, the copy would be the city's second page."""
    target = request.POST.get("new_parent_page")
    page = page.specific
    if not isinstance(page, CityPage) or not (target or "").isdecimal():
        return None
    lists = CityIndexPage.objects.filter(pk=target)
    if not any(each.has_page_of(page.city) for each in lists):
        return None
    message = _("%(city)s has a page already: edit that one.")
    messages.error(request, message % {"city": page.city})
    return redirect("wagtailadmin_explore", target)


hooks.register("after_create_page", warn_of_wording)
hooks.register("after_edit_page", warn_of_wording)
