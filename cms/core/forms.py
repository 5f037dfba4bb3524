from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page

from cms.core.own_pages import forget_own_pages, has_places
from cms.users.choices import limit_choices
from cms.users.limits import get_limits


class LimitedPageForm(WagtailAdminPageForm):
    """The front door for writing a page, in the admin and in the management API.

    Editors who are limited to places write pages about these, and no others.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.limits = get_limits(self.for_user)
        if self.limits is None:
            return
        if not has_places(type(self.instance)):
            raise PermissionDenied
        if self.instance.place_field in self.fields:
            limit_choices(self.fields[self.instance.place_field], self.limits)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.limits and self._leaves_places_open():
            names = ", ".join(self.limits.names)
            message = _(
                "You work for %(places)s: say which of them this page is about."
            )
            raise ValidationError(message % {"places": names})
        return cleaned

    def _leaves_places_open(self) -> bool:
        """A new page without the field would be about the whole country."""
        return self.instance.pk is None and self.instance.place_field not in self.fields

    def save(self, commit: bool = True) -> Page:
        page = super().save(commit)
        forget_own_pages(self.for_user)
        return page
