"""Webhooks after the Standard Webhooks specification: who receives one can tell that it is ours, and that it is new."""

import json
from urllib.parse import urlsplit

from django.utils import timezone
from django.utils.translation import gettext as _
from standardwebhooks.webhooks import Webhook

from cms.outbox.channels.base import Parcel, Sender
from cms.outbox.http import ForbiddenAddress, NoAnswer, post
from cms.outbox.models import Message
from cms.outbox.outcomes import Outcome, Result
from cms.outbox.settings import private_hosts

LONGEST_ANSWER = 500
# What a receiver says who is busy, or does not work at the moment.
PASSING = {408, 425, 429}


class WebhookSender(Sender):
    def check(self) -> None:
        target = urlsplit(self.channel.address)
        if target.scheme != "https" and target.netloc not in private_hosts():
            raise ValueError(_("The address begins with https://."))
        try:
            key = self.channel.secret
            Webhook(key if key.startswith("whsec_") else "")
        except Exception:  # noqa: BLE001 (the package raises what its base64 decoder raises, and more)
            raise ValueError(_("The secret is whsec_ and a key in base64.")) from None

    def send(self, parcel: Parcel) -> Outcome:
        [message] = parcel.messages
        try:
            self.check()
            body = json.dumps(self.build(message), ensure_ascii=False)
            answer = post(self.channel.address, body.encode(), self.sign(message, body))
        except (ForbiddenAddress, ValueError) as error:
            return Outcome(Result.REFUSED, str(error))
        except NoAnswer as error:
            return Outcome(Result.FAILED, str(error))
        return judge(answer.status, f"{answer.status} {answer.text[:LONGEST_ANSWER]}")

    def build(self, message: Message) -> dict[str, object]:
        return {
            "type": message.event,
            "timestamp": message.created_at.isoformat(),
            "data": message.payload["data"],
        }

    def sign(self, message: Message, body: str) -> dict[str, str]:
        """The headers. The id stays the same when it is sent again: by that a receiver knows what it has had."""
        now = timezone.now()
        signature = Webhook(self.channel.secret).sign(str(message.pk), now, body)
        return {
            "Content-Type": "application/json",
            "webhook-id": str(message.pk),
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": signature,
        }


def judge(status: int, text: str) -> Outcome:
    if 200 <= status < 300:
        return Outcome(Result.SENT, text)
    # 410 is how a receiver says that it wants no more.
    if 400 <= status < 500 and status not in PASSING:
        return Outcome(Result.REFUSED, text)
    return Outcome(Result.FAILED, text)
