from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import path, reverse
from django.urls.resolvers import URLPattern
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.models import Page

from cms.translation import views
from cms.translation.bulk import TranslateBulkAction
from cms.translation.notices import tell_when_edited, tell_when_published
from cms.translation.permissions import may_translate
from cms.translation.report import LanguageReportMenuItem, LanguageReportView
from cms.translation.snippets import snippet_report

hooks.register("register_bulk_action", TranslateBulkAction)
hooks.register("after_publish_page", tell_when_published)


# Before wagtail-localize, which answers for translations itself.
@hooks.register("before_edit_page", order=-1)
def tell_before_edit(request: HttpRequest, page: Page) -> None:
    tell_when_edited(request, page)


@hooks.register("register_page_header_buttons")
def register_translations_button(
    page: Page, user: object, **kwargs: object
) -> Iterator[Button]:
    if not page.is_root() and may_translate(user, page):
        url = reverse("page_translations", args=[page.pk])
        yield Button(_("Languages"), url, icon_name="globe", priority=61)


@hooks.register("register_admin_urls")
def register_translation_urls() -> list[URLPattern]:
    report = LanguageReportView
    address = "reports/translations-by-language/"
    return [
        path(
            "languages/page/<int:pk>/",
            views.page_translations,
            name="page_translations",
        ),
        path("languages/jobs/", views.job_list, name="translation_jobs"),
        path("languages/jobs/<int:pk>/", views.job_progress, name="translation_job"),
        path(
            "languages/everything/<int:locale_pk>/",
            views.translate_everything,
            name="translate_everything",
        ),
        path(
            "languages/snippets/<int:locale_pk>/",
            views.translate_snippets,
            name="translate_snippets",
        ),
        path(f"{address}snippets/", snippet_report, name="snippet_language_report"),
        path(address, report.as_view(), name=report.index_url_name),
        path(
            f"{address}results/",
            report.as_view(results_only=True),
            name=report.index_results_url_name,
        ),
    ]


@hooks.register("register_reports_menu_item")
def register_language_report() -> MenuItem:
    return LanguageReportMenuItem()
