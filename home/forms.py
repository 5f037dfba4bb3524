from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm


class CityPageForm(WagtailAdminPageForm):
    """A city has one page in a list."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        city = cleaned.get("city")
        if city and self.parent_page:
            siblings = type(self.instance).objects.child_of(self.parent_page)
            others = siblings.filter(city=city).exclude(pk=self.instance.pk)
            if others.exists():
                message = _("%(city)s has a page already: edit that one.")
                self.add_error("city", message % {"city": city})
        return cleaned
