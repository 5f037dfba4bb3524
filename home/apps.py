from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Home page and cities")

    def ready(self) -> None:
        # Models can only be imported from here on.
        from wagtail.permissions import register_permission_policy

        from cms.cities.permissions import PlacePermissionPolicy
        from home.models import ProvinceContent
        from home.signal_handlers import register_signal_handlers

        policy = PlacePermissionPolicy(ProvinceContent, "province")
        register_permission_policy(ProvinceContent, policy)
        register_signal_handlers()
