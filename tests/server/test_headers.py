"""Headers of the production settings, behind a proxy that speaks HTTPS with the visitor."""

import sys
from pathlib import Path

import pytest

from tests.programs import free_port, running

HTTPS = {"Host": "www.example.test", "X-Forwarded-Proto": "https"}
HTTP = {"Host": "www.example.test", "X-Forwarded-Proto": "http"}


@pytest.fixture(scope="module")
def production(live_site, tmp_path_factory):
    """The production settings on the live site's data."""
    port = free_port()
    granian = str(Path(sys.executable).with_name("granian"))
    with running(
        [granian, "--interface=wsgi", f"--port={port}", "cms.wsgi:application"],
        tmp_path_factory.mktemp("production") / "log",
        PORT=port,
        DJANGO_SETTINGS_MODULE="cms.settings.production",
        DATA_DIR=live_site.data_dir,
        ENCRYPTION_KEYS="bmV2ZXItdXNlZC1mb3ItYW55dGhpbmctYnV0LXRlc3Q=",
        SECRET_KEY="never-used-for-anything-but-these-tests-0123456789",
        ALLOWED_HOSTS="www.example.test",
        SITE_URL="https://www.example.test",
        TRUST_PROXY="true",
    ) as program:
        program.wait_for_answer()
        yield program


@pytest.fixture(scope="module")
def home(production):
    return production.get("/", headers=HTTPS)


@pytest.fixture(scope="module")
def login(production):
    return production.get("/admin/login/", headers=HTTPS)


def test_home_answers(home):
    assert home.status_code == 200


def test_http_is_sent_to_https(production):
    answer = production.get("/", headers=HTTP, allow_redirects=False)
    assert answer.status_code == 301
    assert answer.headers["Location"] == "https://www.example.test/"


def test_unknown_host_is_refused(production):
    strange = HTTPS | {"Host": "evil.example.test"}
    assert production.get("/", headers=strange).status_code == 400


def test_browsers_stay_on_https(home):
    policy = "max-age=31536000; includeSubDomains; preload"
    assert home.headers["Strict-Transport-Security"] == policy


def test_content_types_are_not_guessed(home):
    assert home.headers["X-Content-Type-Options"] == "nosniff"


def test_other_sites_learn_only_our_origin(home):
    assert home.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"


def test_windows_are_isolated(home):
    assert home.headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_other_sites_cannot_frame_us(home):
    assert home.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_public_pages_set_no_cookie(home):
    assert "Set-Cookie" not in home.headers


def test_public_pages_forbid_inline_code(home):
    policy = home.headers["Content-Security-Policy"]
    assert "default-src" in policy
    assert "unsafe" not in policy


def test_the_server_does_not_introduce_itself(home):
    assert "Server" not in home.headers or "/" not in home.headers["Server"]


def test_login_cookie_travels_only_over_https(login):
    assert "Secure" in login.headers["Set-Cookie"]


def test_login_page_is_never_stored(login):
    assert "no-store" in login.headers["Cache-Control"]


def test_hashed_static_files_are_kept_for_ever(production, home):
    stylesheet = home.text.partition('rel="stylesheet" href="')[2].partition('"')[0]
    answer = production.get(stylesheet, headers=HTTPS)
    assert answer.status_code == 200
    assert "immutable" in answer.headers["Cache-Control"]
