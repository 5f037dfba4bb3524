"""A page that somebody looks at is counted, once."""

import time

import pytest

READER = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1"


@pytest.fixture
def article(page):
    answer = page.request.get("/api/v1/articles/").json()
    return answer["items"][0]


def views(page, article):
    # Beside the minute that the answer may be kept.
    path = f"/api/v1/articles/{article['id']}/"
    return page.request.get(path).json()["views"]


def test_reader_is_counted_once(chromium, live_site, page, article):
    before = views(page, article)
    context = chromium.new_context(base_url=live_site.url, user_agent=READER)
    reader = context.new_page()
    for _visit in range(2):
        with reader.expect_response("**/views/") as answer:
            reader.goto(article["path"])
        assert answer.value.status == 204
    context.close()
    deadline = time.monotonic() + 20
    while views(page, article) == before and time.monotonic() < deadline:
        time.sleep(0.5)
    time.sleep(6)
    assert views(page, article) == before + 1
