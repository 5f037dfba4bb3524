from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.permissions import policy_registry

from home.models import CityPage
from home.readiness.report import ANY_PERMISSION


class ReadinessReportMenuItem(MenuItem):
    """The way to the report, for everybody who works on city pages."""

    def __init__(self) -> None:
        super().__init__(
            _("Readiness of city pages"),
            reverse("city_readiness_report"),
            name="city-readiness",
            icon_name="clipboard-list",
            order=600,
        )

    def is_shown(self, request: HttpRequest) -> bool:
        policy = policy_registry.get_by_type(CityPage)
        return policy.user_has_any_permission(request.user, ANY_PERMISSION)
