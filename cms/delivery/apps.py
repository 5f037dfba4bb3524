from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeliveryConfig(AppConfig):
    name = "cms.delivery"
    label = "delivery"
    verbose_name = _("Delivery")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cms.delivery import checks  # noqa: F401 (registers itself)
        from cms.delivery.reading import watch_reads
        from cms.delivery.writing import watch_writes

        watch_reads()
        watch_writes()
