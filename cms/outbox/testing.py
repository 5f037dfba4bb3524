"""Trying a channel: a message that says that it is a test, sent at once and by itself."""

from django.utils.translation import gettext as _

from cms.outbox.channels import get_sender
from cms.outbox.channels.base import Parcel
from cms.outbox.models import Channel, Message
from cms.outbox.notices import Notice
from cms.outbox.outcomes import Outcome
from cms.outbox.sending import attempt


def send_test(channel: Channel) -> Outcome:
    """Send a test message, without the worker and besides the budget. What came back is for the person who asked."""
    notice = Notice(
        title=_("Test message"),
        facts=[(_("Channel"), channel.name)],
        data={"test": True},
    )
    message = Message(channel=channel, event="test", payload=notice.to_json())
    return attempt(get_sender(channel), Parcel([message]))
