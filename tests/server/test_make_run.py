"""`make run` in a fresh clone, as a stranger types it."""

import re
import shutil
import subprocess
import time

import pytest

from tests.programs import ROOT, free_port, local_session, running

READY = "Ctrl-C stops everything"


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    """What a clone would hold: every file that git knows or would take, and nothing else."""
    folder = tmp_path_factory.mktemp("clone") / "tongdao"
    listing = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in filter(None, listing.stdout.split("\0")):
        if (ROOT / name).exists():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return folder


def make_run(clone, log, port):
    return running(["make", "run"], log, folder=clone, PORT=port)


def test_a_stranger_starts_stops_and_starts_again(clone, tmp_path):
    port = free_port()
    with make_run(clone, tmp_path / "first", port) as site:
        site.wait_for_output(READY, seconds=600)
        password = shown_password(site)
        assert_addresses_are_shown(site)
        assert_everything_answers(site)
        assert can_log_in(site, password)
        assert_ctrl_c_ends_everything(site)

    started = time.monotonic()
    with make_run(clone, tmp_path / "second", port) as site:
        site.wait_for_output(READY)
        assert time.monotonic() - started < 30
        assert "password" not in site.output
        assert can_log_in(site, password)
        assert_ctrl_c_ends_everything(site)


def shown_password(site):
    return re.search(r"password (\S+) \(shown only this once\)", site.output)[1]


def assert_addresses_are_shown(site):
    for path in ("/", "/admin/", "/api/v1/docs/"):
        assert f"{site.url}{path}\n" in site.output


def assert_everything_answers(site):
    assert site.get("/").status_code == 200
    assert site.get("/admin/login/").status_code == 200
    assert site.get("/api/v1/docs/").status_code == 200
    article = site.get("/api/v1/articles/").json()["items"][0]
    assert site.get(article["path"]).status_code == 200
    cities = site.get("/api/v1/cities/").json()["items"]
    city = next(city for city in cities if city["page"])
    assert site.get(city["page"]["path"]).status_code == 200
    assert_traditional_chinese_is_there(site)


def assert_traditional_chinese_is_there(site):
    """All of the demo site: as many articles, and words that OpenCC has changed."""
    counts = [
        site.get(f"/api/v1/articles/?locale={code}").json()["count"]
        for code in ("zh-hans", "zh-hant")
    ]
    assert counts[0] == counts[1] > 0
    title = re.search("<title>(.*?)</title>", site.get("/zh-hant/").text, re.DOTALL)[1]
    assert "認證" in title and "认证" not in title


def can_log_in(site, password):
    with local_session() as session:
        form = session.get(f"{site.url}/admin/login/").text
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form)[1]
        answer = session.post(
            f"{site.url}/admin/login/",
            {"csrfmiddlewaretoken": token, "username": "admin", "password": password},
            allow_redirects=False,
        )
    return answer.headers.get("Location") == "/admin/"


def assert_ctrl_c_ends_everything(site):
    assert (
        len(site.tree) >= 5
    )  # make's launcher, web server and its workers, background worker, scheduler
    site.press_ctrl_c()
    assert site.survivors() == []
    assert "Stopped." in site.output
    assert "Traceback" not in site.output
