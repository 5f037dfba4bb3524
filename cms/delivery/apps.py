from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeliveryConfig(AppConfig):
    name = "cms.delivery"
    label = "delivery"
    verbose_name = _("Delivery")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cms.core.remembering import use_memory
        from cms.delivery import checks  # noqa: F401 (registers itself)
        from cms.delivery.edges.purging import feed_edges
        from cms.delivery.edges.sending import EdgeSender
        from cms.delivery.fragments import find_memory
        from cms.delivery.reading import watch_reads
        from cms.delivery.webhooks import feed_webhooks
        from cms.delivery.writing import watch_writes
        from cms.outbox.channels import register_sender
        from cms.outbox.feeders import register_feeder
        from cms.outbox.models import Channel

        use_memory(find_memory)
        watch_reads()
        watch_writes()
        register_sender(Channel.Kind.EDGE, EdgeSender)
        register_feeder(feed_webhooks)
        register_feeder(feed_edges)
