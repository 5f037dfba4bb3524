from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from cms.core.forms import LimitedPageForm
from cms.users.choices import limit_choices
from cms.users.limits import get_limits


class CityPageForm(LimitedPageForm):
    """A city has one page in a list."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        city = cleaned.get("city")
        if city and self.parent_page:
            city_list = self.parent_page.specific
            if city_list.has_page_of(city, besides=self.instance.pk):
                message = _("%(city)s has a page already: edit that one.")
                self.add_error("city", message % {"city": city})
        return cleaned


class ProvinceContentForm(WagtailAdminModelForm):
    """Editors who are limited to places write texts of their provinces only."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limits = get_limits(self.for_user)
        if limits and "province" in self.fields:
            limit_choices(self.fields["province"], limits)
