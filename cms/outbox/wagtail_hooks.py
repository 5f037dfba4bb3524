from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from cms.outbox.viewsets import OutboxViewSetGroup


@hooks.register("register_admin_viewset")
def register_outbox() -> OutboxViewSetGroup:
    return OutboxViewSetGroup()


@hooks.register("register_log_actions")
def register_outbox_actions(actions: LogActionRegistry) -> None:
    actions.register_action("outbox.test", _("Test"), _("Sent a test message"))
    actions.register_action("outbox.replay", _("Send again"), _("Sent again"))
