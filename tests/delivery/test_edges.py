"""Caches in front of us forget what has changed: asked in their own language, in calls that they accept, until done."""

from datetime import timedelta

import pytest
import time_machine
from django.core.checks import run_checks
from django.utils import timezone

from cms.delivery import invalidate
from cms.delivery.edges import get_edges
from cms.delivery.edges.base import MOST_TAGS, Purge
from cms.delivery.edges.purging import NameTaken, feed_edges
from cms.delivery.edges.sending import perform_all
from cms.outbox.models import Channel, Message
from cms.outbox.outcomes import Result
from tests.delivery.conftest import end_transaction
from tests.factories import ArticleIndexPageFactory, ArticlePageFactory, restrict

pytestmark = pytest.mark.django_db

DONE = (200, {"success": True})
SITE = "https://www.example.test"
State = Message.State


@pytest.fixture
def configure(settings):
    def configure(**edges):
        settings.DELIVERY = {**settings.DELIVERY, "EDGES": edges}

    return configure


@pytest.fixture
def cloudflare(robot, configure):
    robot.answer(DONE)
    options = {
        "BACKEND": "cloudflare",
        "API": f"http://{robot.host}/v4",
        "ZONE": "zone-1",
        "TOKEN": "token-1",
    }
    configure(cdn=options)
    return options


@pytest.fixture
def fastly(robot, configure):
    options = {
        "BACKEND": "fastly",
        "API": f"http://{robot.host}",
        "SERVICE": "service-1",
        "TOKEN": "token-1",
    }
    configure(cdn=options)
    return options


@pytest.fixture
def cache(robot, configure):
    options = {"BACKEND": "http", "URLS": [f"http://{robot.host}"], "SITES": [SITE]}
    configure(cdn=options)
    return options


@pytest.fixture
def news(following):
    news = ArticleIndexPageFactory(slug="news")
    following("edges")
    return news


@pytest.fixture
def purge(empty):
    """Lets the log reach the outbox, and the outbox the edges."""

    def purge():
        end_transaction()
        feed_edges()
        for channel in Channel.objects.filter(kind="edge"):
            empty(channel)

    return purge


def first_purge():
    """The message of the only change, without the one that follows it half a minute later."""
    return Message.objects.exclude(key__endswith=":again").get()


def perform(tags=(), urls=()):
    return perform_all(get_edges()["cdn"], Purge.of(tags, urls))


def tags(number):
    return [f"page-{n}" for n in range(number)]


class TestCloudflare:
    def test_tags_of_all_changes_go_in_one_message(
        self, cloudflare, news, purge, robot
    ):
        pages = [ArticlePageFactory(parent=news) for _ in range(3)]
        purge()
        assert first_purge().event == "edge.purge"
        sent = [tag for body in robot.bodies for tag in body["tags"]]
        assert {f"page-{page.pk}" for page in pages} <= set(sent)
        assert len(sent) == len(set(sent))
        path, headers, _body = robot.requests[0]
        assert path == "/v4/zones/zone-1/purge_cache"
        assert headers["Authorization"] == "Bearer token-1"

    def test_no_call_has_more_than_30_tags(self, cloudflare, robot):
        assert perform(tags(65)).is_success
        assert [len(body["tags"]) for body in robot.bodies] == [30, 30, 5]

    def test_no_call_has_more_than_30_files(self, cloudflare, robot):
        assert perform(urls=[f"{SITE}/{n}/" for n in range(31)]).is_success
        assert [len(body["files"]) for body in robot.bodies] == [30, 1]

    def test_by_address_where_tags_are_off(
        self, cloudflare, configure, news, purge, robot
    ):
        configure(cdn={**cloudflare, "TAGS": False, "SITES": [SITE]})
        ArticlePageFactory(parent=news, slug="good-news")
        purge()
        [body] = robot.bodies
        assert any(url.endswith("/news/good-news/") for url in body["files"])
        assert all(url.startswith(f"{SITE}/") for url in body["files"])

    def test_answer_without_success_is_none(self, cloudflare, robot):
        robot.answer((200, {"success": False}))
        assert perform(tags(1)).result == Result.FAILED


class TestFastly:
    def test_no_call_has_more_than_256_keys(self, fastly, robot):
        assert perform(tags(300)).is_success
        assert [len(body["surrogate_keys"]) for body in robot.bodies] == [256, 44]
        path, headers, _body = robot.requests[0]
        assert path == "/service/service-1/purge"
        assert headers["Fastly-Key"] == "token-1"


class TestHttp:
    def test_paths_are_purged_under_the_host_of_the_site(
        self, cache, news, purge, robot
    ):
        article = ArticlePageFactory(parent=news, slug="good-news")
        purge()
        robot.requests.clear()
        article.slug = "better-news"
        article.save_revision().publish()
        purge()
        asked = [path.rpartition("/news/")[2] for path, _, _ in robot.requests]
        assert {"good-news/", "better-news/"} <= set(asked)
        assert set(robot.methods) == {"PURGE"}
        hosts = {headers["Host"] for _path, headers, _body in robot.requests}
        assert hosts == {"www.example.test"}

    def test_tags_are_purged_by_header(self, cache, configure, robot):
        configure(cdn={**cache, "TAGS": True, "METHOD": "BAN", "HEADER": "xkey"})
        assert perform(tags(3)).is_success
        [(path, headers, _body)] = robot.requests
        assert (robot.methods, path) == (["BAN"], "/")
        assert headers["xkey"] == "page-0 page-1 page-2"

    def test_no_header_is_too_long(self, cache, configure, robot):
        configure(cdn={**cache, "TAGS": True})
        long = [f"{n:03}" + 60 * "x" for n in range(300)]
        assert perform(long).is_success
        sent = [headers["xkey-purge"] for _path, headers, _body in robot.requests]
        assert max(map(len, sent)) < 8_000
        assert " ".join(sent).split() == long

    def test_cache_that_did_not_have_it_has_nothing_to_forget(self, cache, robot):
        robot.answer((404, ""))
        assert perform(urls=[f"{SITE}/"]).is_success

    def test_cache_that_is_down_keeps_no_other_from_being_purged(
        self, cache, configure, robot
    ):
        configure(cdn={**cache, "URLS": ["http://127.0.0.1:1", f"http://{robot.host}"]})
        assert perform(urls=[f"{SITE}/", f"{SITE}/a/"]).result == Result.FAILED
        assert [path for path, _, _ in robot.requests] == ["/", "/a/"]

    def test_some_paths_are_purged_whatever_changes(
        self, cache, configure, news, purge, robot
    ):
        configure(cdn={**cache, "ALSO": ["/feed/"]})
        invalidate("page-1")
        purge()
        assert [path for path, _, _ in robot.requests] == ["/feed/"]


class TestWagtail:
    @pytest.fixture
    def backends(self, settings, robot, configure):
        settings.WAGTAILFRONTENDCACHE = {
            "varnish": {
                "BACKEND": "wagtail.contrib.frontend_cache.backends.HTTPBackend",
                "LOCATION": f"http://{robot.host}",
            }
        }
        configure(cdn={"BACKEND": "wagtail", "SITES": [SITE]})

    def test_its_backends_purge_addresses(self, backends, news, purge, robot):
        ArticlePageFactory(parent=news, slug="good-news")
        purge()
        assert any(path.endswith("/good-news/") for path, _, _ in robot.requests)
        assert robot.requests[0][1]["Host"] == "www.example.test"
        assert first_purge().state == State.SENT

    def test_error_that_it_only_logs_is_tried_again(self, backends, news, purge, robot):
        robot.answer((503, ""))
        ArticlePageFactory(parent=news)
        purge()
        assert first_purge().state == State.WAITING


class TestBatches:
    def test_too_many_tags_drop_everything(self):
        assert Purge.of(tags(MOST_TAGS + 1), []).tags == ["everything"]
        assert len(Purge.of(tags(MOST_TAGS), []).tags) == MOST_TAGS

    def test_invalidating_everything_is_one_tag(self, cloudflare, news, purge, robot):
        invalidate("page-1")
        invalidate()
        purge()
        assert robot.bodies == [{"tags": ["everything"]}]

    def test_purges_that_have_waited_are_made_one(
        self, cloudflare, news, purge, robot, empty
    ):
        robot.answer((503, ""), DONE)
        for number in range(3):
            invalidate(f"page-{number}")
            purge()
        Message.objects.update(next_attempt_at=timezone.now())
        Channel.objects.update(paused_until=None)
        robot.requests.clear()
        purge()
        assert robot.bodies == [{"tags": ["page-0", "page-1", "page-2"]}]
        assert not Message.objects.exclude(state=State.SENT).exists()

    def test_purge_is_repeated_when_answers_on_their_way_have_arrived(
        self, cloudflare, configure, news, purge, robot
    ):
        invalidate("page-1")
        purge()
        assert len(robot.requests) == 1
        with time_machine.travel(timezone.now() + timedelta(seconds=31)):
            purge()
        assert robot.bodies == [{"tags": ["page-1"]}] * 2
        configure(cdn={**cloudflare, "AGAIN_AFTER": 0})
        invalidate("page-2")
        purge()
        assert not Message.objects.filter(state=State.WAITING).exists()

    def test_each_change_is_purged_at_once_only_once(
        self, cloudflare, news, purge, robot
    ):
        invalidate("page-1")
        purge()
        purge()
        assert len(robot.requests) == 1

    def test_each_edge_has_a_channel_and_a_message(
        self, cloudflare, configure, news, purge, robot
    ):
        configure(a=cloudflare, b=cloudflare)
        invalidate("page-1")
        purge()
        channels = Channel.objects.filter(kind="edge")
        assert [channel.name for channel in channels] == ["a", "b"]
        assert len(robot.requests) == 2


class TestPublicity:
    def test_drafts_are_not_purged_where_live_pages_are_asked_for(
        self, cloudflare, news, purge, robot
    ):
        draft = ArticlePageFactory(parent=news, live=False)
        draft.title = "还没有"
        draft.save()
        purge()
        # The list above has got its first child.
        tags = {tag for body in robot.bodies for tag in body["tags"]}
        assert {tag for tag in tags if not tag.startswith("draft-")} == {
            f"page-{news.pk}"
        }

    def test_addresses_of_restricted_pages_are_not_sent(
        self, cache, news, purge, following, robot
    ):
        restrict(news)
        following("edges")
        ArticlePageFactory(parent=news, slug="secret-plan")
        purge()
        assert "secret-plan" not in str(robot.requests)


class TestAnswers:
    @pytest.mark.parametrize(
        ("status", "result"),
        [
            *((status, Result.REFUSED) for status in (400, 401, 403, 404)),
            *((status, Result.FAILED) for status in (408, 500, 503, 302)),
            (429, Result.LIMITED),
        ],
    )
    @pytest.mark.parametrize("edge", ["cloudflare", "fastly"])
    def test_status_decides(self, request, robot, edge, status, result):
        request.getfixturevalue(edge)
        robot.answer((status, ""))
        assert perform(tags(1)).result == result

    def test_no_answer_is_tried_again(self, cloudflare, configure, news, purge):
        configure(cdn={**cloudflare, "API": "http://127.0.0.1:1"})
        invalidate("page-1")
        purge()
        message = first_purge()
        assert (message.state, message.attempts) == (State.WAITING, 1)
        assert "token-1" not in message.last_error

    def test_edge_that_the_settings_do_not_know_any_more(
        self, cloudflare, configure, news, purge
    ):
        invalidate("page-1")
        feed_edges()
        configure()
        purge()
        assert first_purge().state == State.DEAD


class TestChannels:
    def test_name_that_is_taken_loses_no_purge(self, cloudflare, news, purge, robot):
        other = Channel.objects.create(name="cdn", kind="log")
        invalidate("page-1")
        with pytest.raises(NameTaken):
            feed_edges()
        other.name = "log"
        other.save()
        purge()
        assert robot.bodies == [{"tags": ["page-1"]}]

    @pytest.fixture
    def channel(self, cloudflare, news, purge):
        invalidate("page-1")
        purge()
        return Channel.objects.get(kind="edge")

    def test_nobody_makes_one_in_the_admin(self, admin_client):
        data = {"name": "cdn", "kind": "edge", "is_active": "on"}
        assert admin_client.post("/admin/channels/new/", data).status_code == 200
        assert not Channel.objects.exists()

    def test_admin_takes_one_out_of_use_and_changes_nothing_else(
        self, admin_client, channel
    ):
        assert "cdn" in admin_client.get("/admin/channels/").content.decode()
        data = {"name": "other", "kind": "webhook", "address": "https://example.com"}
        path = f"/admin/channels/edit/{channel.pk}/"
        assert admin_client.post(path, data).status_code == 302
        channel.refresh_from_db()
        assert (channel.name, channel.kind, channel.address) == ("cdn", "edge", "")
        assert not channel.is_active

    def test_test_button_asks_the_edge(self, admin_client, channel, robot):
        robot.requests.clear()
        admin_client.post(f"/admin/channels/test/{channel.pk}/")
        assert robot.bodies == [{"tags": ["test"]}]


class TestChecks:
    def ids(self):
        return {m.id for m in run_checks() if m.id.startswith("delivery.")}

    @pytest.mark.parametrize(
        ("options", "found"),
        [
            ({"BACKEND": "akamai"}, "delivery.E002"),
            ({"BACKEND": "cloudflare", "ZONE": "x"}, "delivery.E003"),
            ({"BACKEND": "http", "URLS": [], "TYPO": 1}, "delivery.E004"),
            ({"BACKEND": "http", "URLS": [], "TAGS": True}, "delivery.W002"),
        ],
    )
    def test_wrong_settings_are_told(self, configure, options, found):
        configure(cdn=options)
        assert found in self.ids()

    def test_right_settings_are_fine(self, cache):
        assert not self.ids() - {"delivery.W001"}
