from django.urls import path
from django.urls.resolvers import URLPattern
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.pageviews.report import PageViewsMenuItem, PageViewsReportView


@hooks.register("register_admin_urls")
def register_report_urls() -> list[URLPattern]:
    view = PageViewsReportView
    address = "reports/page-views/"
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
    return PageViewsMenuItem()
