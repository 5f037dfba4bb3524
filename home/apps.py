from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Home page and cities")

    def ready(self) -> None:
        # Models can only be imported from here on.
        from home.signal_handlers import register_signal_handlers

        register_signal_handlers()
