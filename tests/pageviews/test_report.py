"""Editors see which pages are read."""

from datetime import timedelta

import pytest

from cms.pageviews.models import DailyViews, ViewTotal, today
from tests.factories import ArticlePageFactory
from tests.forms.test_lead_admin import client_with

pytestmark = pytest.mark.django_db

REPORT = "/admin/reports/page-views/"


def viewed(total, **by_days):
    page = ArticlePageFactory()
    ViewTotal.objects.create(page=page, total=total)
    for ago, number in by_days.items():
        day = today() - timedelta(days=int(ago.removeprefix("ago")))
        DailyViews.objects.create(page=page, day=day, number=number)
    return page


def rows(response):
    pages = response.context["object_list"]
    return [(page.pk, page.week, page.month, page.view_total.total) for page in pages]


def test_most_read_of_the_week_stands_first(admin_client):
    old = viewed(500, ago40=400, ago7=100)
    new = viewed(30, ago0=10, ago6=20)
    ArticlePageFactory()
    assert rows(admin_client.get(REPORT)) == [
        (new.pk, 30, 30, 30),
        (old.pk, 0, 100, 500),
    ]


def test_it_can_be_ordered_by_all_that_was_read(admin_client):
    old, new = viewed(500, ago40=500), viewed(30, ago0=30)
    response = admin_client.get(REPORT, {"ordering": "-view_total__total"})
    assert [row[0] for row in rows(response)] == [old.pk, new.pk]


def test_it_is_exported(admin_client):
    viewed(30, ago0=30)
    response = admin_client.get(REPORT, {"export": "csv"})
    text = b"".join(response.streaming_content).decode()
    assert ",30,30,30" in text


def test_who_works_on_no_page_sees_nothing():
    assert client_with("view_lead").get(REPORT).status_code == 302
