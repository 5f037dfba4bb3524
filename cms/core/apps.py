from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "cms.core"
    label = "core"
    verbose_name = _("Site")

    def ready(self) -> None:
        from wagtail.models import Page
        from wagtail.permissions import register_permission_policy

        from cms.core.library_permissions import TextOfItemPolicy
        from cms.core.models import DocumentTitle, ImageAltText
        from cms.core.page_permissions import LimitedPagePermissionPolicy
        from cms.core.signal_handlers import register_signal_handlers

        register_permission_policy(Page, LimitedPagePermissionPolicy(Page))
        for model in (ImageAltText, DocumentTitle):
            register_permission_policy(model, TextOfItemPolicy(model))
        register_signal_handlers()
