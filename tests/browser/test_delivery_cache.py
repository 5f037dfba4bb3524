"""What an editor can see of the response cache: a page comes from memory until it is published anew."""

import requests


def ask(url):
    response = requests.get(url, timeout=30)
    return response.headers["Cache-Status"].partition("; ")[2], response.text


def find_article(admin):
    """Not one of the newest, which other tests read, and without a table: Wagtail's editor of tables complains on the
    console that it has no Chinese."""
    items = admin.request.get("/api/v1/articles/").json()["items"]
    for item in reversed(items):
        article = admin.request.get(f"/api/v1/articles/{item['id']}/").json()
        if "table" not in {block["type"] for block in article["body"]}:
            return article
    raise LookupError("All articles have tables.")


def test_cache_status_flips_around_a_publish_in_the_admin(admin, live_site):
    article = find_article(admin)
    url = live_site.url + article["path"]
    # Each process has a memory of its own.
    assert any(ask(url)[0].startswith("hit") for _request in range(10))
    title = f"{article['title']}(修订)"
    admin.goto(f"/admin/pages/{article['id']}/edit/")
    admin.locator("[name=title]").fill(title)
    admin.locator("button[name=action-publish]").dispatch_event("click")
    admin.locator(".messages .success").wait_for()
    status, text = ask(url)
    assert status == "fwd=uri-miss; stored"
    assert title in text
    later = [ask(url) for _request in range(10)]
    assert all(title in text for _status, text in later)
    assert any(status.startswith("hit") for status, _text in later)
