from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CitiesConfig(AppConfig):
    name = "cms.cities"
    label = "cities"
    verbose_name = _("Cities")

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from cms.cities import checks  # noqa: F401 (registers them)
        from cms.cities.models import City
        from cms.cities.permissions import RegisterPermissionPolicy

        register_permission_policy(City, RegisterPermissionPolicy(City, "pk"))
