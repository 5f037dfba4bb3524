"""The readiness of a city page on its edit form."""

from functools import cached_property
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel


class ReadinessPanel(Panel):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("heading", _("Ready for search engines?"))
        kwargs.setdefault("icon", "clipboard-list")
        super().__init__(**kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "home/admin/readiness_panel.html"

        def is_shown(self) -> bool:
            """A page that does not exist yet has nothing to be measured."""
            return self.instance.pk is not None

        @cached_property
        def readiness(self) -> Any:
            return getattr(self.instance, "readiness", None)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            from home.readiness.advice import explain, explain_warnings

            context = super().get_context_data(parent_context)
            readiness = self.readiness
            computed = readiness is not None and readiness.computed_at is not None
            return context | {
                "page": self.instance,
                "readiness": readiness if computed else None,
                "is_stale": not computed or readiness.is_stale,
                "threshold": self.instance.site_settings.readiness_threshold,
                "lines": explain(readiness.criteria) if computed else [],
                "warnings": explain_warnings(warnings_of_draft(self.instance)),
            }


def warnings_of_draft(page: Any) -> list[Any]:
    """Of the page as it stands in the form, whether published or not."""
    from home.readiness.computing import city_names, warnings_of  # they import models

    with translation.override(page.locale.language_code):
        return warnings_of(page, city_names())
