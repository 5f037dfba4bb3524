"""A page that somebody looks at is counted, once, and shows how often it has been read."""

import re
import time

import pytest

READER = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1"


@pytest.fixture
def article(page):
    answer = page.request.get("/api/v1/articles/").json()
    return answer["items"][0]


def views(page, article):
    path = f"/api/v1/articles/{article['id']}/"
    # Beside the minute that an answer for everybody may be kept.
    past_the_cache = {"Cookie": "django_language=zh-hans"}
    return page.request.get(path, headers=past_the_cache).json()["views"]


def is_beacon(answer):
    return answer.url.endswith("/views/") and answer.request.method == "POST"


def test_reader_is_counted_once(chromium, live_site, page, article):
    before = views(page, article)
    context = chromium.new_context(base_url=live_site.url, user_agent=READER)
    reader = context.new_page()
    for _visit in range(2):
        with reader.expect_response(is_beacon) as answer:
            reader.goto(article["path"])
        assert answer.value.status == 204
    context.close()
    deadline = time.monotonic() + 20
    while views(page, article) == before and time.monotonic() < deadline:
        time.sleep(0.5)
    time.sleep(6)
    assert views(page, article) == before + 1


def is_question(answer):
    return answer.url.endswith("/views/") and answer.request.method == "GET"


def test_article_shows_how_often_it_has_been_read(page, article):
    # Not the number in `article`: each of the two answers may be a minute old.
    with page.expect_response(is_question) as answer:
        page.goto(article["path"])
    shown = page.locator("[data-count]")
    shown.wait_for()
    number = int(re.sub(r"\D", "", shown.inner_text()))
    assert number == answer.value.json()["views"]
    assert number > 0


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_thousands_of_views_are_set_apart_in_every_language(page, article, language):
    page.route("**/views/", lambda route: route.fulfill(json={"views": 1234567}))
    page.add_init_script(f"""new MutationObserver(() => document.documentElement.lang = "{language}")
        .observe(document, {{childList: true}})""")
    page.goto(article["path"])
    shown = page.locator("[data-count]")
    shown.wait_for()
    assert page.locator("html").get_attribute("lang") == language
    assert shown.inner_text() == "1,234,567"


def test_number_that_cannot_be_asked_for_is_not_shown(page, article):
    page.route("**/views/", lambda route: route.abort())
    page.goto(article["path"], wait_until="networkidle")
    assert not page.locator("[data-view-count]").is_visible()


def test_nothing_of_it_is_seen_without_scripts(page_without_scripts, article):
    page_without_scripts.goto(article["path"])
    assert not page_without_scripts.locator("[data-view-count]").is_visible()
