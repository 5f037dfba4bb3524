"""DingTalk group robots (钉钉自定义机器人), signed where the robot has a secret."""

import base64
import hmac
import time
from datetime import timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import quote_plus

from cms.outbox.channels.base import Budget, Parcel
from cms.outbox.channels.robots import RobotSender


def sign(secret: str, milliseconds: int) -> str:
    """The `sign` parameter, ready for a URL: key is the secret, message is time, line feed and secret."""
    message = f"{milliseconds}\n{secret}".encode()
    digest = hmac.new(secret.encode(), message, sha256).digest()
    return quote_plus(base64.b64encode(digest))


class DingTalkSender(RobotSender):
    hosts = {"oapi.dingtalk.com"}
    code_name = "errcode"
    limit_codes = {130101, 410100}
    # Who sends too fast is shut out for ten minutes.
    limit_wait = timedelta(minutes=10)
    longest_text = 15_000  # of 20,000 bytes
    budgets = [Budget(20, 60)]

    def get_url(self) -> str:
        if not self.channel.secret:
            return self.channel.address
        now = int(time.time() * 1000)
        signature = sign(self.channel.secret, now)
        return f"{self.channel.address}&timestamp={now}&sign={signature}"

    def build(self, parcel: Parcel) -> dict[str, Any]:
        title = self.get_title(parcel)[:100]
        text = f"#### {title}\n{self.get_text(parcel)}"
        return {"msgtype": "markdown", "markdown": {"title": title, "text": text}}
