from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "cms.core"
    label = "core"
    verbose_name = _("Site")

    def ready(self) -> None:
        from wagtail.models import Page
        from wagtail.permissions import register_permission_policy

        from cms.core.page_permissions import LimitedPagePermissionPolicy

        register_permission_policy(Page, LimitedPagePermissionPolicy(Page))
