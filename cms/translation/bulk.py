from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction
from wagtail.models import Locale, Page

from cms.translation.forms import LanguagesForm
from cms.translation.jobs import pages_below, start_job
from cms.translation.permissions import may_translate, translatable_pages


class TranslateBulkAction(PageBulkAction):
    """Bring the translations of the chosen pages up to date, in the background."""

    display_name = _("Bring translations up to date")
    action_type = "translate"
    aria_label = _("Bring the translations of the selected pages up to date")
    template_name = "translation/admin/confirm_bulk_translate.html"
    action_priority = 60
    form_class = LanguagesForm

    def get_form_kwargs(self) -> dict[str, Any]:
        pages, _without_access = self.get_actionable_objects()
        sources = {page.locale_id for page in pages}
        return {**super().get_form_kwargs(), "source_ids": sources}

    def check_perm(self, page: Page) -> bool:
        return may_translate(self.request.user, page)

    def get_execution_context(self) -> dict[str, Any]:
        return {
            **super().get_execution_context(),
            "locales": self.cleaned_form.cleaned_data["locales"],
            "include_descendants": self.cleaned_form.cleaned_data[
                "include_descendants"
            ],
        }

    @classmethod
    def execute_action(
        cls,
        objects: list[Page],
        locales: "list[Locale] | None" = None,
        include_descendants: bool = False,
        user: Any = None,
        **kwargs: Any,
    ) -> tuple[int, int]:
        chosen = {page.pk: page for page in objects}
        below: dict[int, Page] = {}
        if include_descendants:
            below = {
                each.pk: each
                for page in objects
                for each in translatable_pages(user, pages_below(page))
                if each.pk not in chosen
            }
        pages = sorted([*chosen.values(), *below.values()], key=lambda page: page.path)
        for locale in locales or []:
            own = [page for page in pages if page.locale_id != locale.pk]
            start_job(locale, own, title=describe(pages), user=user)
        return len(chosen), len(below)

    def get_success_message(
        self, num_parent_objects: int, num_child_objects: int
    ) -> str:
        number = num_parent_objects + num_child_objects
        message = ngettext(
            "The translations of %(number)d page are being brought up to date.",
            "The translations of %(number)d pages are being brought up to date.",
            number,
        )
        return message % {"number": number}


def describe(pages: list[Page]) -> str:
    names = [page.specific_deferred.get_admin_display_title() for page in pages[:3]]
    return "、".join(names) + ("…" if len(pages) > 3 else "")
