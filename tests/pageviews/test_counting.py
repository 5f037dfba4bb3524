"""Every reader is counted once, robots never, and nobody can be recognised from what is kept."""

import re
import threading
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.pageviews import writing
from cms.pageviews.buffer import LARGEST, Buffer, buffer
from cms.pageviews.models import DailySalt, DailyViews, RecentView, ViewTotal
from cms.pageviews.writing import flush
from tests.factories import ArticlePageFactory

pytestmark = pytest.mark.django_db

PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Mobile/15E148 Safari/604.1"
)
OFFICE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/126.0 Safari/537.36"
WECHAT = "Mozilla/5.0 (Linux; Android 14) Chrome/126.0 Mobile MicroMessenger/8.0.50"


@pytest.fixture
def article():
    return ArticlePageFactory(initial_views=18918)


def read(page, agent=PHONE, address="8.8.8.8", **headers):
    page_id = getattr(page, "pk", page)
    return Client(REMOTE_ADDR=address).post(
        f"/api/v1/pages/{page_id}/views/", headers={"User-Agent": agent, **headers}
    )


def total(page):
    flush()
    return ViewTotal.objects.filter(page=page).values_list("total", flat=True).first()


def test_view_is_answered_without_a_body_and_counted(article):
    response = read(article)
    assert (response.status_code, response.content) == (204, b"")
    assert response["Cache-Control"] == "no-store"
    assert total(article) == 1


def test_counting_asks_no_query_but_for_the_salt_of_the_day(
    article, django_assert_num_queries
):
    read(article)
    with django_assert_num_queries(0):
        read(article, OFFICE)


def ask_views(page):
    return Client().get(f"/api/v1/pages/{page.pk}/views/")


def test_api_tells_what_was_counted_on_top_of_what_a_page_had_before(article):
    read(article)
    read(article, OFFICE)
    flush()
    assert ask_views(article).json() == {"views": 18920}
    assert Client().get(f"/api/v1/articles/{article.pk}/").json()["views"] == 18920
    [listed] = Client().get("/api/v1/articles/").json()["items"]
    assert listed["views"] == 18920


def test_any_page_has_views(article):
    assert ask_views(article).json() == {"views": 18918}
    assert ask_views(article.get_parent()).json() == {"views": 0}


def test_browsers_do_not_keep_the_number(article):
    assert ask_views(article)["Cache-Control"] == "public, max-age=0"


def test_what_is_not_public_tells_no_views(article):
    article.unpublish()
    assert ask_views(article).status_code == 404


def test_page_itself_holds_no_number_and_asks_for_none(article):
    read(article)
    flush()
    with CaptureQueriesContext(connection) as queries:
        page = Client().get(article.get_url())
    assert "max-age=60" in page["Cache-Control"]
    assert not re.search("18,?91[89]", page.content.decode())
    assert not [query for query in queries if "viewtotal" in query["sql"]]


def test_same_visitor_is_counted_once_within_half_an_hour(article):
    with time_machine.travel("2026-11-25T10:00:00+08:00", tick=False):
        read(article)
        read(article)
        assert total(article) == 1
        read(article)
        assert total(article) == 1
    with time_machine.travel("2026-11-25T10:29:00+08:00", tick=False):
        read(article)
        assert total(article) == 1
    with time_machine.travel("2026-11-25T10:31:00+08:00", tick=False):
        read(article)
        assert total(article) == 2


def test_other_visitors_and_other_pages_are_counted(article):
    other = ArticlePageFactory()
    read(article)
    read(article, OFFICE)
    read(article, address="9.9.9.9")
    read(other)
    assert (total(article), total(other)) == (3, 1)


@pytest.mark.parametrize("agent", [PHONE, OFFICE, WECHAT])
def test_browsers_are_readers(article, agent):
    read(article, agent)
    assert total(article) == 1


@pytest.mark.parametrize(
    "agent",
    [
        "Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Sogou web spider/4.0",
        "python-requests/2.31",
        "",
    ],
)
def test_robots_are_not(article, agent):
    assert read(article, agent).status_code == 204
    assert total(article) is None


def test_draft_and_unknown_pages_are_not_counted(article):
    article.unpublish()
    assert read(article).status_code == read(2**31 - 1).status_code == 204
    assert total(article) is None
    assert not ViewTotal.objects.exists()


def test_nonsense_is_a_problem():
    assert read(0).status_code == 422
    assert read("x").status_code == 422


def test_other_sites_cannot_count(article):
    response = read(article, Origin="https://elsewhere.example")
    assert response.status_code == 403
    assert total(article) is None


def test_days_are_those_of_the_site(article):
    with time_machine.travel("2026-11-25T15:59:00Z", tick=False):
        read(article)
        flush()
    with time_machine.travel("2026-11-25T16:31:00Z", tick=False):
        read(article)
        flush()
    days = DailyViews.objects.order_by("day").values_list("day", "number")
    assert [(str(day), number) for day, number in days] == [
        ("2026-11-25", 1),
        ("2026-11-26", 1),
    ]


def test_neither_address_nor_browser_is_kept(article):
    read(article)
    flush()
    kept = ""
    with connection.cursor() as cursor:
        for model in (RecentView, ViewTotal, DailyViews, DailySalt):
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            kept += str(cursor.fetchall())
    assert "8.8.8.8" not in kept
    assert "iPhone" not in kept


def test_hashes_cannot_be_followed_beyond_the_day(article):
    with time_machine.travel("2026-11-25T10:00:00+08:00", tick=False):
        read(article)
        flush()
        first = RecentView.objects.get().visitor
    with time_machine.travel("2026-11-26T10:00:00+08:00", tick=False):
        call_command("forget_visitors")
        assert not RecentView.objects.exists()
        assert not DailySalt.objects.exists()
        read(article)
        flush()
        assert RecentView.objects.get().visitor != first


def test_salt_is_the_same_in_all_processes(article):
    from cms.pageviews.visitors import Salts

    assert Salts().current() == Salts().current()


def test_database_that_is_gone_loses_no_view(article, monkeypatch):
    def fail(views):
        raise DatabaseError

    read(article)
    with monkeypatch.context() as gone:
        gone.setattr(writing, "write", fail)
        with pytest.raises(DatabaseError):
            flush()
    assert total(article) == 1


def test_last_flush_waits_for_the_one_that_is_writing(monkeypatch):
    begun, may_end, written = threading.Event(), threading.Event(), []

    def write(views):
        begun.set()
        may_end.wait(10)
        written.append(views)
        return len(views)

    monkeypatch.setattr(writing, "write", write)
    buffer.add("x", 1)
    thread = threading.Thread(target=flush)
    thread.start()
    begun.wait(10)
    threading.Timer(0.2, may_end.set).start()
    assert flush() == 0
    assert written == [{"x": 1}]
    thread.join()


def test_two_processes_count_one_visitor_once(article):
    """What each has in its memory, as if it were its own."""
    views = {}
    for _process in range(2):
        read(article)
        views = buffer.take()
        writing.write(views)
    assert views
    assert ViewTotal.objects.get().total == 1


def test_memory_is_bounded():
    full = Buffer()
    for number in range(LARGEST + 10):
        full.add(str(number), 1)
    full.put_back({"late": 1})
    assert len(full.take()) == LARGEST


def test_flush_of_many_takes_few_queries(article, django_assert_max_num_queries):
    pages = [article, *(ArticlePageFactory() for _ in range(3))]
    for number in range(600):
        buffer.add(f"{number:032}", pages[number % 4].pk)
    with django_assert_max_num_queries(8):
        assert flush() == 600
    assert set(ViewTotal.objects.values_list("total", flat=True)) == {150}


def test_deleted_page_takes_its_counts_along(article):
    read(article)
    flush()
    article.delete()
    assert not ViewTotal.objects.exists()
    assert not DailyViews.objects.exists()


def test_page_says_where_its_readers_are_counted(article):
    page = Client().get(article.get_url()).content.decode()
    assert f'data-views="/api/v1/pages/{article.pk}/views/"' in page


def test_preview_is_not_counted(article, admin_client):
    address = f"/admin/pages/{article.pk}/edit/preview/"
    admin_client.post(address, {})
    page = admin_client.get(f"/admin/pages/{article.pk}/view_draft/").content.decode()
    assert "data-views" not in page


def test_forgetting_keeps_what_is_still_needed(article):
    read(article)
    flush()
    call_command("forget_visitors")
    assert RecentView.objects.exists()
    later = timezone.now() + timedelta(minutes=31)
    with time_machine.travel(later):
        call_command("forget_visitors")
    assert not RecentView.objects.exists()
