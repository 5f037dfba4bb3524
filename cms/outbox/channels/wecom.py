"""WeCom group robots (企业微信群机器人). Nothing is signed: whoever knows the address may send."""

from datetime import timedelta
from typing import Any

from cms.outbox.channels.base import Budget, Parcel
from cms.outbox.channels.robots import RobotSender


class WeComSender(RobotSender):
    hosts = {"qyapi.weixin.qq.com"}
    code_name = "errcode"
    limit_codes = {45009, 45033}
    limit_wait = timedelta(minutes=1)
    longest_text = 3800  # of 4096 bytes; over them it answers 40058
    budgets = [Budget(20, 60)]

    def build(self, parcel: Parcel) -> dict[str, Any]:
        content = f"**{self.get_title(parcel)[:60]}**\n{self.get_text(parcel)}"
        return {"msgtype": "markdown", "markdown": {"content": content}}
