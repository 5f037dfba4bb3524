"""What chat robots are sent, and what their answers mean."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from cms.outbox.channels import dingtalk, feishu, get_sender
from cms.outbox.channels.base import Parcel
from cms.outbox.models import Channel, Message
from cms.outbox.notices import Notice
from cms.outbox.queue import enqueue

State = Message.State


class TestSigning:
    def test_dingtalk(self):
        signature = dingtalk.sign("SECtest", 1_700_000_000_000)
        assert signature == "aZLLrriXgn05YbwaGR7knYsLeJADjr9NwLaNNKpxh4g%3D"

    def test_feishu(self):
        signature = feishu.sign("test", 1_700_000_000)
        assert signature == "eSJQnOl8XqPTMPHWz9e5IzeHS/tqoc68g2967ekIPmg="


class TestWhatIsSent:
    def test_wecom_markdown_with_the_link(self, robot, put, empty):
        put()
        empty()
        [body] = robot.bodies
        content = body["markdown"]["content"]
        assert body["msgtype"] == "markdown"
        assert "成都" in content
        assert "138****8000" in content
        assert content.endswith(
            "[打开线索](https://www.example.com/admin/leads/inspect/1/)"
        )

    @time_machine.travel(1_700_000_000, tick=False)
    def test_dingtalk_is_signed_in_the_address(self, robot, channel, put, empty):
        Channel.objects.update(kind="dingtalk")
        channel.secret = "SECtest"
        channel.kind = "dingtalk"
        channel.save()
        put()
        empty()
        path = robot.requests[0][0]
        assert "&timestamp=1700000000000&sign=aZLLrriXgn05" in path
        assert robot.bodies[0]["markdown"]["title"] == "新线索 · 成都 · ISO 9001"

    @time_machine.travel(1_700_000_000, tick=False)
    def test_feishu_is_signed_in_the_body(self, robot, channel, put, empty):
        channel.kind, channel.secret = "feishu", "test"
        channel.save()
        put()
        empty()
        [body] = robot.bodies
        assert body["timestamp"] == "1700000000"
        assert body["sign"] == "eSJQnOl8XqPTMPHWz9e5IzeHS/tqoc68g2967ekIPmg="
        assert "138****8000" in body["card"]["elements"][0]["text"]["content"]

    @pytest.mark.parametrize(
        ("kind", "most"), [("wecom", 4096), ("dingtalk", 20_000), ("feishu", 20_480)]
    )
    def test_byte_limit_is_kept_and_the_link_with_it(self, channel, kind, most):
        import json

        channel.kind = kind
        url = "https://www.example.com/admin/leads/inspect/1/"
        notice = Notice(
            title="题" * 500, facts=[("公司", "长" * 30_000)], url=url, url_label="打开"
        )
        message = Message(channel=channel, payload=notice.to_json())
        body = get_sender(channel).build(Parcel([message]))
        text = json.dumps(body, ensure_ascii=False)
        assert len(text.encode()) <= most
        assert url in text

    @pytest.mark.parametrize("number", [1, 10])
    def test_what_visitors_write_makes_no_links_and_calls_nobody(
        self, robot, channel, empty, number
    ):
        hostile = "[点我](https://evil.example)<@all> `x`\n# 标题"
        for index in range(number):
            notice = Notice(title="新线索", facts=[("公司", f"{hostile}{index}")])
            enqueue(channel, notice, event="lead.created")
        empty()
        content = robot.bodies[0]["markdown"]["content"]
        assert "［点我］(https://evil.example)＜＠all＞ ｀x｀ # 标题" in content
        assert "<@all>" not in content


class TestAnswers:
    """They all say 200; what counts is the code in the body."""

    @pytest.mark.parametrize(
        ("answer", "state"),
        [
            ((200, {"errcode": 0, "errmsg": "ok"}), State.SENT),
            ((200, {"errcode": 40058, "errmsg": "too long"}), State.DEAD),
            ((200, {"errcode": 93000, "errmsg": "invalid webhook url"}), State.DEAD),
            ((200, {"errcode": -1, "errmsg": "system busy"}), State.WAITING),
            ((200, {"errcode": 45009, "errmsg": "freq out of limit"}), State.WAITING),
            ((500, "Internal error"), State.WAITING),
            ((502, "<html>"), State.WAITING),
            ((200, "garbage"), State.WAITING),
            ((200, '["errcode"]'), State.WAITING),
            ((200, ""), State.WAITING),
            ((429, ""), State.WAITING),
        ],
    )
    def test_code_decides(self, robot, put, empty, answer, state):
        robot.answer(answer)
        put()
        empty()
        message = Message.objects.get()
        assert message.state == state
        if state != State.SENT:
            assert message.last_error

    def test_answer_is_kept_with_the_dead_letter(self, robot, put, empty):
        robot.answer((200, {"errcode": 93000, "errmsg": "invalid webhook url"}))
        put()
        empty()
        delivery = Message.objects.get().deliveries.get()
        assert "invalid webhook url" in delivery.answer
        assert not delivery.is_success

    def test_dingtalk_that_was_sent_too_fast_is_left_alone_for_ten_minutes(
        self, robot, channel, put, empty
    ):
        channel.kind = "dingtalk"
        channel.save()
        robot.answer(
            (200, {"errcode": 130101, "errmsg": "send too fast"}), (200, {"errcode": 0})
        )
        put()
        empty()
        assert Message.objects.get().attempts == 0
        with time_machine.travel(timezone.now() + timedelta(minutes=9)):
            assert empty() == 0
        with time_machine.travel(timezone.now() + timedelta(minutes=11)):
            assert empty() == 1
        assert Message.objects.get().state == State.SENT

    def test_redirects_are_not_followed(self, robot, put, empty):
        robot.headers = {"Location": robot.url}
        robot.answer((302, ""))
        put()
        empty()
        assert len(robot.requests) == 1
        assert Message.objects.get().state == State.WAITING


class TestAddress:
    @pytest.mark.parametrize(
        "address",
        [
            "http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1",
            "https://qyapi.weixin.qq.com.example.com/send?key=1",
            "https://user@evil.example/qyapi.weixin.qq.com",
            "ftp://qyapi.weixin.qq.com/",
            "",
        ],
    )
    def test_other_hosts_are_refused(self, channel, address):
        channel.address = address
        with pytest.raises(ValueError, match="qyapi"):
            get_sender(channel).check()

    def test_own_network_is_refused(self, settings, robot, channel, put, empty):
        settings.OUTBOX_PRIVATE_HOSTS = []
        put()
        empty()
        assert robot.requests == []
        assert Message.objects.get().state == State.DEAD
