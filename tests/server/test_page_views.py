"""Views are counted by processes that are stopped, and by some that are killed: how much is lost is known."""

import os
import signal
import time

import pytest

from cms.settings.base import PAGE_VIEWS_FLUSH_SECONDS
from tests.programs import local_session, manage
from tests.server.posting import web_server

HOME = "from wagtail.models import Site; print(Site.objects.get().root_page_id)"
TOTAL = """
from django.db.models import Sum
from cms.pageviews.models import DailyViews, ViewTotal
print(ViewTotal.objects.aggregate(n=Sum("total"))["n"] or 0, DailyViews.objects.aggregate(n=Sum("number"))["n"] or 0)
"""


@pytest.fixture
def variables(tmp_path, prepared_sites):
    return prepared_sites.copy("empty", tmp_path / "data")


def shell(script, **variables):
    result = manage("shell", "-v0", "-c", script, **variables)
    assert result.returncode == 0, result.stderr
    return [int(number) for number in result.stdout.split()]


def read(server, page_id, visitors):
    with local_session() as session:
        for number in visitors:
            agent = f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) Firefox/{number}"
            address = f"{server.url}/api/v1/pages/{page_id}/views/"
            response = session.post(address, headers={"User-Agent": agent}, timeout=30)
            assert response.status_code == 204


def test_stopped_server_loses_no_view(tmp_path, variables):
    [page_id] = shell(HOME, **variables)
    with web_server(tmp_path / "log", **variables) as server:
        server.wait_for_answer()
        read(server, page_id, range(200))
    assert shell(TOTAL, **variables) == [200, 200]


def test_killed_server_loses_the_last_seconds_at_most(tmp_path, variables):
    [page_id] = shell(HOME, **variables)
    with web_server(tmp_path / "log", **variables) as server:
        server.wait_for_answer()
        read(server, page_id, range(100))
        time.sleep(PAGE_VIEWS_FLUSH_SECONDS + 2)
        read(server, page_id, range(100, 110))
        os.killpg(server.process.pid, signal.SIGKILL)
        server.process.wait()
    [total, daily] = shell(TOTAL, **variables)
    assert total == daily
    assert 100 <= total <= 110
