from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CitiesConfig(AppConfig):
    name = "cms.cities"
    label = "cities"
    verbose_name = _("Cities")

    def ready(self) -> None:
        from cms.cities import checks  # noqa: F401 (registers them)
