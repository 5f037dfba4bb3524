from typing import Any

from django.utils.translation import gettext as _

from cms.core.forms import LimitedPageForm


class ArticlePageForm(LimitedPageForm):
    """An article cannot be for a place and except it."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        chosen = set(cleaned.get("cities") or ())
        both = [each for each in cleaned.get("excluded_cities") or () if each in chosen]
        if both:
            names = "、".join(each.name for each in both)
            message = _("%(places)s: choose a place in one of the two lists only.")
            self.add_error("excluded_cities", message % {"places": names})
        return cleaned
