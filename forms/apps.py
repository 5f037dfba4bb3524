from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FormsConfig(AppConfig):
    name = "forms"
    verbose_name = _("Forms")

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from cms.cities.permissions import PlacePermissionPolicy
        from forms import signal_handlers  # noqa: F401 (connects them)
        from forms.models import DataRequest, Lead
        from forms.privacy.policy import WholePersonPolicy

        register_permission_policy(Lead, PlacePermissionPolicy(Lead, "city"))
        register_permission_policy(DataRequest, WholePersonPolicy(DataRequest))
