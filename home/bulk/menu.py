"""The ways to the bulk work screen: the main menu, and the menu of each city list."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.models import Page
from wagtail.permissions import policy_registry

from cms.users.models import User
from home.bulk.permissions import allowed_actions
from home.models import CityIndexPage, CityPage


class BulkMenuItem(MenuItem):
    def __init__(self) -> None:
        super().__init__(
            _("City pages in bulk"),
            reverse("city_pages_in_bulk:order"),
            name="city-pages-in-bulk",
            icon_name="copy",
            order=310,
        )

    def is_shown(self, request: HttpRequest) -> bool:
        """Without asking which lists: the menu stands on every screen."""
        policy = policy_registry.get_by_type(CityPage)
        return policy.user_has_any_permission(request.user, ["add", "publish"])


def get_page_buttons(page: Page, user: User) -> Iterator[Button]:
    """For `register_page_header_buttons`: city lists have one."""
    if page.specific_class is CityIndexPage and allowed_actions(page.specific, user):
        url = reverse("city_pages_in_bulk:order")
        yield Button(
            _("City pages in bulk"),
            f"{url}?list={page.pk}",
            icon_name="copy",
            priority=60,
        )
