"""Feishu group robots (飞书自定义机器人), signed where the robot has a secret."""

import base64
import hmac
import time
from datetime import timedelta
from hashlib import sha256
from typing import Any

from cms.outbox.channels.base import Budget, Parcel
from cms.outbox.channels.robots import RobotSender


def sign(secret: str, seconds: int) -> str:
    """The `sign` of the body. The other way round from DingTalk: time and secret are the key, the message is empty."""
    digest = hmac.new(f"{seconds}\n{secret}".encode(), b"", sha256).digest()
    return base64.b64encode(digest).decode()


class FeishuSender(RobotSender):
    hosts = {"open.feishu.cn", "open.larksuite.com"}
    code_name = "code"
    limit_codes = {9499, 11232}
    limit_wait = timedelta(minutes=1)
    longest_text = 15_000  # of 20 KB for the whole body
    budgets = [Budget(100, 60), Budget(5, 1)]

    def build(self, parcel: Parcel) -> dict[str, Any]:
        title = {"tag": "plain_text", "content": self.get_title(parcel)[:100]}
        text = {"tag": "lark_md", "content": self.get_text(parcel)}
        card = {"header": {"title": title}, "elements": [{"tag": "div", "text": text}]}
        return {**self.get_signature(), "msg_type": "interactive", "card": card}

    def get_signature(self) -> dict[str, str]:
        if not self.channel.secret:
            return {}
        now = int(time.time())
        return {"timestamp": str(now), "sign": sign(self.channel.secret, now)}
