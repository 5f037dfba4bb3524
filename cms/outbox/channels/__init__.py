"""One class for each kind of channel: how a notice looks there, how it is sent, and what the answer means."""

from cms.outbox.channels.base import Sender
from cms.outbox.channels.dingtalk import DingTalkSender
from cms.outbox.channels.email import EmailSender
from cms.outbox.channels.feishu import FeishuSender
from cms.outbox.channels.log import LogSender
from cms.outbox.channels.webhook import WebhookSender
from cms.outbox.channels.wecom import WeComSender
from cms.outbox.models import Channel

SENDERS: dict[str, type[Sender]] = {
    Channel.Kind.EMAIL: EmailSender,
    Channel.Kind.WECOM: WeComSender,
    Channel.Kind.DINGTALK: DingTalkSender,
    Channel.Kind.FEISHU: FeishuSender,
    Channel.Kind.WEBHOOK: WebhookSender,
    Channel.Kind.LOG: LogSender,
}


def register_sender(kind: Channel.Kind, sender: type[Sender]) -> None:
    """For kinds whose senders live in apps above this one."""
    SENDERS[kind] = sender


def get_sender(channel: Channel) -> Sender:
    return SENDERS[channel.kind](channel)
