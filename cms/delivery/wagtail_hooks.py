from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from cms.delivery.viewsets import ContentWebhookViewSet


@hooks.register("register_admin_viewset")
def register_webhooks() -> ContentWebhookViewSet:
    return ContentWebhookViewSet("webhooks")


@hooks.register("register_log_actions")
def register_webhook_actions(actions: LogActionRegistry) -> None:
    actions.register_action("delivery.replay", _("Replay"), _("Replayed changes"))
