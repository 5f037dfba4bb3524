"""Reports → Translations by language: how all pages stand, and what to do about those that are behind."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from cms.translation.models import LanguageRule
from cms.translation.permissions import SUBMIT
from cms.translation.states import State, count_states, sources, with_state

ANY_PERMISSION = {"add", "change", "publish"}


def label_of(page: Any) -> Any:
    return State(page.state).label


class TranslationFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(label=_("State"), choices=State.choices)

    class Meta:
        model = Page
        fields: list[str] = []


class LanguageReportView(ReportView):
    """One language at a time; the counts of all stand above."""

    model = Page
    page_title = _("Translations by language")
    header_icon = "globe"
    template_name = "translation/admin/report.html"
    index_url_name = "language_report"
    index_results_url_name = "language_report_results"
    filterset_class = TranslationFilterSet
    any_permission_required = ["change"]
    default_ordering = "path"
    export_filename = "translations"
    list_export = ["title", "state"]
    export_headings = {"title": _("Page"), "state": _("State")}
    columns = [
        TitleColumn(
            "title",
            label=_("Page"),
            accessor="get_admin_display_title",
            get_url=lambda page: reverse("page_translations", args=[page.pk]),
        ),
        StatusTagColumn(
            "state",
            label=_("State"),
            accessor=label_of,
            primary=lambda page: page.state == State.CURRENT,
            sort_key="state",
        ),
        DateColumn(
            "last_published_at", label=_("Published"), sort_key="last_published_at"
        ),
        DateColumn("written_at", label=_("Translated"), sort_key="written_at"),
    ]

    def user_has_any_permission(self, permissions: Any) -> bool:
        return page_permission_policy.user_has_any_permission(
            self.request.user, ANY_PERMISSION
        )

    @cached_property
    def rules(self) -> list[LanguageRule]:
        return LanguageRule.of_all()

    @cached_property
    def rule(self) -> LanguageRule | None:
        wanted = self.request.GET.get("language")
        named = [r for r in self.rules if r.locale.language_code == wanted]
        return next(iter(named or self.rules), None)

    def get_base_queryset(self) -> QuerySet:
        if self.rule is None:
            return Page.objects.none()
        return with_state(self.get_sources(self.rule), self.rule.locale)

    def get_sources(self, rule: LanguageRule) -> QuerySet:
        explorable = page_permission_policy.explorable_instances(self.request.user)
        return sources(rule.source).filter(pk__in=explorable.order_by().values("pk"))

    def order_queryset(self, queryset: QuerySet) -> QuerySet:
        return queryset.order_by(self.ordering, "pk")

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        if not self.results_only:
            context["languages"] = [self.describe(rule) for rule in self.rules]
            context["states"] = State
            context["may_submit"] = self.request.user.has_perm(SUBMIT)
        return context

    def describe(self, rule: LanguageRule) -> dict[str, Any]:
        counts = count_states(self.get_sources(rule), rule.locale)
        return {
            "rule": rule,
            "is_shown": rule is self.rule,
            "counts": [(state, counts.get(state, 0)) for state in State],
        }


class LanguageReportMenuItem(MenuItem):
    def __init__(self) -> None:
        super().__init__(
            _("Translations by language"),
            reverse("language_report"),
            name="translations-by-language",
            icon_name="globe",
            order=700,
        )

    def is_shown(self, request: HttpRequest) -> bool:
        return page_permission_policy.user_has_any_permission(
            request.user, ANY_PERMISSION
        )
