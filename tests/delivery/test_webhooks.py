"""Content webhooks: who has registered is told what changes for the public, and of nothing else."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from standardwebhooks.webhooks import Webhook
from wagtail.models import ModelLogEntry

from cms.delivery.forms import content_types
from cms.delivery.models import Change, ContentWebhook
from cms.delivery.webhooks import feed_webhooks
from cms.outbox.models import Channel, Message
from tests.delivery.conftest import end_transaction
from tests.factories import (
    ArticleCategoryFactory,
    ArticleIndexPageFactory,
    ArticlePageFactory,
    restrict,
)
from tests.forms.test_lead_admin import client_with

pytestmark = pytest.mark.django_db

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
ARTICLE = "articles.ArticlePage"
State = Message.State


@pytest.fixture
def channel(robot):
    robot.answer((204, ""))
    return Channel.objects.create(
        name="前端", kind="webhook", address=robot.url, secret=SECRET
    )


@pytest.fixture
def news():
    return ArticleIndexPageFactory(slug="news")


@pytest.fixture
def webhook(channel, news, following):
    webhook = ContentWebhook.objects.create(name="前端", channel=channel)
    following("webhooks")
    return webhook


@pytest.fixture
def told(robot, channel, empty):
    """What the receiver has been told since the last time, of articles."""

    def told():
        end_transaction()
        feed_webhooks()
        robot.requests.clear()
        empty(channel)
        return [b for b in robot.bodies if b["data"]["type"] == ARTICLE]

    return told


def publish(page, **changes):
    end_transaction()
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision().publish()
    end_transaction()


class TestEvents:
    def test_life_of_a_page(self, webhook, news, told):
        article = ArticlePageFactory(parent=news, slug="good-news")
        [published] = told()
        publish(article, title="新标题")
        [updated] = told()
        publish(article, slug="better-news")
        [moved] = told()
        article.unpublish()
        [unpublished] = told()
        publish(article)
        told()
        article.delete()
        [deleted] = told()
        events = [published, updated, moved, unpublished, deleted]
        assert [event["type"] for event in events] == [
            "content.published",
            "content.updated",
            "content.moved",
            "content.unpublished",
            "content.deleted",
        ]
        assert moved["data"]["path_before"].endswith("/news/good-news/")
        assert moved["data"]["path_after"].endswith("/news/better-news/")
        assert published["data"]["path_before"] is None
        assert deleted["data"]["path_after"] is None

    def test_data_says_what_and_carries_the_tags_of_answers(self, webhook, news, told):
        article = ArticlePageFactory(parent=news)
        [event] = told()
        change = Change.objects.filter(type=ARTICLE).latest("position")
        assert event["data"] == {
            "position": change.position,
            "type": ARTICLE,
            "id": str(article.pk),
            "locale": "zh-hans",
            "action": "published",
            "path_before": None,
            "path_after": change.path_after,
            "tags": change.tags,
            "time": change.created_at.isoformat(),
        }
        assert f"page-{article.pk}" in event["data"]["tags"]

    def test_receiver_can_verify_it(self, webhook, news, told, robot):
        ArticlePageFactory(parent=news)
        told()
        _path, headers, body = robot.requests[0]
        headers = {name.lower(): value for name, value in headers.items()}
        assert Webhook(SECRET).verify(body, headers)["type"].startswith("content.")

    def test_each_is_sent_once(self, webhook, news, told):
        ArticlePageFactory(parent=news)
        assert len(told()) == 1
        assert told() == []

    def test_receiver_that_fails_is_asked_again(
        self, webhook, news, told, robot, channel, empty
    ):
        robot.answer((500, ""))
        ArticlePageFactory(parent=news)
        told()
        message = Message.objects.first()
        assert (message.state, message.attempts) == (State.WAITING, 1)
        robot.answer((204, ""))
        Message.objects.update(next_attempt_at=timezone.now())
        Channel.objects.update(paused_until=None)
        empty(channel)
        assert not Message.objects.exclude(state=State.SENT).exists()


class TestPublicity:
    def test_nothing_is_told_of_drafts(self, webhook, news, told):
        article = ArticlePageFactory(parent=news, live=False)
        article.title = "还没有"
        article.save_revision()
        article.save()
        assert told() == []

    def test_draft_of_a_published_page_is_no_change(self, webhook, news, told):
        article = ArticlePageFactory(parent=news)
        told()
        article.title = "还没有"
        article.save_revision()
        assert told() == []

    def test_nothing_is_told_of_restricted_pages(self, webhook, news, told):
        restrict(news)
        told()
        article = ArticlePageFactory(parent=news)
        publish(article, title="保密")
        assert told() == []

    def test_of_a_page_restricted_meanwhile_only_that_is_told(
        self, webhook, news, told
    ):
        article = ArticlePageFactory(parent=news)
        publish(article, title="保密")
        restrict(article)
        assert [event["type"] for event in told()] == ["content.unpublished"]

    def test_what_was_invalidated_by_hand_is_not_told(self, webhook, robot, told):
        from cms.delivery import invalidate

        invalidate("page-1")
        told()
        assert robot.requests == []


class TestFilters:
    def test_only_chosen_events_are_sent(self, webhook, news, told):
        webhook.events = ["unpublished", "deleted"]
        webhook.save()
        article = ArticlePageFactory(parent=news)
        publish(article, title="新标题")
        article.unpublish()
        assert [event["type"] for event in told()] == ["content.unpublished"]

    def test_only_chosen_types_are_sent(self, webhook, news, told, robot):
        webhook.types = ["articles.ArticleCategory"]
        webhook.save()
        ArticlePageFactory(parent=news)
        ArticleCategoryFactory()
        assert told() == []
        types = {body["data"]["type"] for body in robot.bodies}
        assert types == {"articles.ArticleCategory"}

    def test_webhook_out_of_use_is_not_told(self, webhook, news, told):
        ContentWebhook.objects.update(is_active=False)
        ArticlePageFactory(parent=news)
        assert told() == []
        ContentWebhook.objects.update(is_active=True)
        assert told() == []

    def test_types_offered_are_those_that_the_log_knows(self):
        offered = dict(content_types())
        for label in (ARTICLE, "articles.ArticleCategory", "images.CustomImage"):
            assert label in offered
        assert "forms.Lead" not in offered
        assert "users.User" not in offered


class TestReplay:
    @pytest.fixture
    def article(self, webhook, news, told):
        article = ArticlePageFactory(parent=news)
        told()
        return article

    def test_what_was_sent_comes_again_under_its_id(
        self, article, robot, told, channel
    ):
        position = Change.objects.get(type=ARTICLE).position
        before = set(Message.objects.values_list("pk", flat=True))
        call_command("replay_webhook", "前端", "--after", str(position - 1))
        [event] = told()
        assert event["data"]["position"] == position
        assert set(Message.objects.values_list("pk", flat=True)) == before

    def test_what_was_not_sent_while_out_of_use_comes(self, article, told, webhook):
        position = Change.objects.latest("position").position
        ContentWebhook.objects.update(is_active=False)
        publish(article, title="新标题")
        assert told() == []
        call_command("replay_webhook", "前端", "--after", str(position))
        assert [event["type"] for event in told()] == ["content.updated"]

    def test_since_a_time(self, article, told, capsys):
        later = timezone.localtime() + timedelta(hours=1)
        call_command("replay_webhook", "前端", "--since", later.isoformat())
        assert capsys.readouterr().out == "0 messages will be sent.\n"
        earlier = timezone.localtime() - timedelta(hours=1)
        call_command("replay_webhook", "前端", "--since", f"{earlier:%Y-%m-%dT%H:%M}")
        assert len(told()) == 1

    @pytest.mark.parametrize(
        "arguments", [["nobody", "--after", "0"], ["前端", "--since", "nonsense"]]
    )
    def test_mistakes_are_told(self, webhook, arguments):
        with pytest.raises(CommandError, match="no"):
            call_command("replay_webhook", *arguments)


class TestAdmin:
    def test_editors_register_webhooks(self, admin_client, channel):
        Channel.objects.create(name="邮件", kind="email", address="a@example.test")
        page = admin_client.get("/admin/webhooks/new/").content.decode()
        assert "邮件" not in page
        data = {
            "name": "前端",
            "channel": channel.pk,
            "events": ["published", "deleted"],
            "types": [ARTICLE],
            "is_active": "on",
        }
        assert admin_client.post("/admin/webhooks/new/", data).status_code == 302
        webhook = ContentWebhook.objects.get()
        assert webhook.events == ["published", "deleted"]
        assert webhook.types == [ARTICLE]
        page = admin_client.get(f"/admin/webhooks/edit/{webhook.pk}/").content.decode()
        assert f"/admin/channels/test/{channel.pk}/" in page
        assert "very-secret" not in page

    def test_outbox_menu_has_them(self, admin_client, webhook):
        menu = admin_client.get("/admin/").content.decode()
        assert "/admin/webhooks/" in menu
        assert menu.index("/admin/channels/") < menu.index("/admin/webhooks/")
        assert "前端" in admin_client.get("/admin/webhooks/").content.decode()

    def test_replay_button(self, admin_client, webhook, news, told):
        ArticlePageFactory(parent=news)
        told()
        path = f"/admin/webhooks/replay/{webhook.pk}/"
        admin_client.post(path, {"since": "2020-01-01T00:00"})
        assert len(told()) == 1
        assert ModelLogEntry.objects.filter(action="delivery.replay").count() == 1
        admin_client.post(path, {"since": "nonsense"})
        assert told() == []

    @pytest.mark.parametrize("path", ["", "new/", "edit/{}/", "replay/{}/"])
    def test_without_permission_nothing_is_seen_or_done(self, webhook, path):
        client = client_with("view_lead", "change_channel")
        response = client.post(f"/admin/webhooks/{path}".format(webhook.pk))
        assert response.status_code in (302, 405)
        assert not Message.objects.exists()
        assert client.get("/admin/webhooks/").status_code == 302
