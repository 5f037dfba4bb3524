"""Channels and messages in the admin."""

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import ModelLogEntry

from cms.outbox.models import Channel, Message
from tests.forms.test_lead_admin import client_with

State = Message.State


class TestChannels:
    def post(self, client, channel, **changes):
        data = {
            "name": channel.name,
            "kind": channel.kind,
            "is_active": "on",
            **changes,
        }
        return client.post(f"/admin/channels/edit/{channel.pk}/", data)

    def test_secrets_are_never_shown(self, admin_client, channel):
        page = admin_client.get(f"/admin/channels/edit/{channel.pk}/").content.decode()
        assert "very-secret" not in page

    def test_empty_secret_keeps_what_is_there(self, admin_client, channel, robot):
        assert self.post(admin_client, channel, name="新名").status_code == 302
        channel.refresh_from_db()
        assert (channel.name, channel.address) == ("新名", robot.url)

    def test_new_secret_takes_its_place(self, admin_client, channel, robot):
        self.post(admin_client, channel, address=f"http://{robot.host}/other")
        channel.refresh_from_db()
        assert channel.address.endswith("/other")

    def test_wrong_address_is_told_beside_the_field(self, admin_client, channel):
        response = self.post(admin_client, channel, address="https://example.com/")
        assert response.status_code == 200
        assert "qyapi.weixin.qq.com" in response.content.decode()

    def test_test_button_sends_and_shows_the_answer(self, admin_client, channel, robot):
        path = f"/admin/channels/test/{channel.pk}/"
        assert admin_client.get(path).status_code == 405
        admin_client.post(path)
        assert len(robot.requests) == 1
        robot.answer((200, {"errcode": 93000, "errmsg": "invalid webhook url"}))
        page = admin_client.post(path, follow=True).content.decode()
        assert "invalid webhook url" in page
        assert ModelLogEntry.objects.filter(action="outbox.test").count() == 2

    def test_without_permission_there_is_no_test(self, channel, robot):
        client = client_with("view_channel")
        client.post(f"/admin/channels/test/{channel.pk}/")
        assert robot.requests == []


class TestMessages:
    @pytest.fixture
    def dead(self, robot, put, empty):
        robot.answer(
            (200, {"errcode": 93000, "errmsg": "invalid"}), (200, {"errcode": 0})
        )
        put()
        empty()
        return Message.objects.get()

    def test_list_filters_by_state(self, admin_client, dead, put):
        put()
        found = admin_client.get("/admin/messages/", {"state": "dead"})
        assert [m.pk for m in found.context["object_list"]] == [dead.pk]

    def test_page_shows_the_answer_received(self, admin_client, dead):
        page = admin_client.get(f"/admin/messages/inspect/{dead.pk}/").content.decode()
        assert "invalid" in page
        assert "138****8000" in page

    def test_one_is_sent_again(self, admin_client, dead, empty):
        for _ in range(2):
            admin_client.post(f"/admin/messages/replay/{dead.pk}/")
        empty()
        dead.refresh_from_db()
        assert dead.state == State.SENT
        assert ModelLogEntry.objects.filter(action="outbox.replay").count() == 1

    def test_all_are_sent_again(self, admin_client, dead, empty):
        assert "1" in admin_client.get("/admin/messages/replay/").content.decode()
        admin_client.post("/admin/messages/replay/")
        empty()
        assert Message.objects.get().state == State.SENT

    @pytest.mark.parametrize("path", ["", "inspect/{}/", "replay/", "replay/{}/"])
    def test_without_permission_nothing_is_seen_or_done(self, dead, path):
        client = client_with("view_lead")
        response = client.post(f"/admin/messages/{path}".format(dead.pk))
        assert response.status_code in (302, 405)
        dead.refresh_from_db()
        assert dead.state == State.DEAD


class TestCommand:
    def test_status_counts(self, put, empty, capsys, channel):
        put(2)
        empty()
        put()
        Channel.objects.update(is_active=False)
        call_command("outbox", "status")
        lines = capsys.readouterr().out.splitlines()
        assert lines[1].split()[1:5] == ["1", "0", "2", "0"]
        assert "not active" in lines[1]

    def test_retry_twice_is_retry_once(self, robot, put, empty, capsys, channel):
        robot.answer((200, {"errcode": 93000}))
        put(2)
        empty()
        call_command("outbox", "retry", "--channel", channel.name)
        call_command("outbox", "retry", "--all")
        out = capsys.readouterr().out
        assert out.splitlines() == [
            "2 messages will be sent again.",
            "0 messages will be sent again.",
        ]

    @pytest.mark.parametrize(
        "arguments", [["--channel", "nobody"], ["--message", "nonsense"]]
    )
    def test_mistakes_are_told(self, db, arguments):
        with pytest.raises(CommandError, match="no"):
            call_command("outbox", "retry", *arguments)
