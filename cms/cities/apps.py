from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CitiesConfig(AppConfig):
    name = "cms.cities"
    label = "cities"
    verbose_name = _("Cities")

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from cms.cities import checks  # noqa: F401 (registers them)
        from cms.cities.models import City, CityTexts
        from cms.cities.permissions import RegisterPermissionPolicy
        from cms.cities.signal_handlers import register_signal_handlers

        register_permission_policy(City, RegisterPermissionPolicy(City, "pk"))
        texts = RegisterPermissionPolicy(CityTexts, "city")
        register_permission_policy(CityTexts, texts)
        register_signal_handlers()
