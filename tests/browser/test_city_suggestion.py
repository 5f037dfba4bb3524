"""“Are you in 成都?”: asked where the site can tell, once, and never answered by sending anybody anywhere."""

import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.browser.test_city_switch import (
    DIALOG,
    NEWS,
    cookies,
    open_dialog,
    requests_of,
)
from tests.programs import free_port, running

SUGGESTION = ".city-suggestion"
MIANYANG = {"latitude": 31.46789, "longitude": 104.67912}


@pytest.fixture(scope="module")
def locating_site(live_site, tmp_path_factory):
    """The live site behind a CDN that names the visitor's city."""
    port = free_port()
    granian = str(Path(sys.executable).with_name("granian"))
    with running(
        [granian, "--interface=wsgi", f"--port={port}", "cms.wsgi:application"],
        tmp_path_factory.mktemp("locating") / "log",
        PORT=port,
        DJANGO_SETTINGS_MODULE="cms.settings.dev",
        DATA_DIR=live_site.data_dir,
        CITY_HEADER="X-City",
    ) as program:
        program.wait_for_answer()
        yield program


@pytest.fixture
def located_page(chromium, locating_site):
    context = chromium.new_context(
        base_url=locating_site.url,
        viewport=PHONE,
        extra_http_headers={"X-City": "mianyang"},
    )
    yield context.new_page()
    context.close()


def test_nobody_is_asked_where_the_site_cannot_tell(page):
    asked = requests_of(page, "/locate/")
    page.goto(NEWS)
    page.wait_for_load_state("networkidle")
    assert asked == []


def test_another_city_is_suggested_and_nothing_stored_before_an_answer(located_page):
    located_page.goto(NEWS)
    expect(located_page.locator(SUGGESTION)).to_contain_text("绵阳")
    assert located_page.url.endswith(NEWS)
    assert located_page.context.cookies() == []
    width = located_page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"]


def test_yes_leads_to_the_city_and_is_remembered(located_page):
    located_page.goto(NEWS)
    located_page.locator(f"{SUGGESTION} [data-yes]").click()
    located_page.wait_for_url("**/cities/mianyang/")
    assert cookies(located_page) == {"city": "mianyang", "city_asked": "1"}


def test_no_is_remembered_and_nobody_is_asked_again(located_page):
    located_page.goto(NEWS)
    located_page.locator(f"{SUGGESTION} [data-no]").click()
    expect(located_page.locator(SUGGESTION)).to_have_count(0)
    assert cookies(located_page) == {"city_asked": "1"}
    asked = requests_of(located_page, "/locate/")
    located_page.goto("/")
    located_page.wait_for_load_state("networkidle")
    assert asked == []


def test_the_city_that_is_shown_is_not_suggested(located_page):
    located_page.goto("/cities/mianyang/")
    located_page.wait_for_load_state("networkidle")
    expect(located_page.locator(SUGGESTION)).to_have_count(0)


def test_position_is_sent_when_asked_for_only_and_roughly(page):
    asked = requests_of(page, "/locate/")
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation(MIANYANG)
    open_dialog(page)
    assert asked == []
    page.locator(".city-dialog__locate").click()
    expect(page.locator(f"{DIALOG} {SUGGESTION}")).to_contain_text("绵阳")
    assert "latitude=31.47&longitude=104.68" in asked[0]
    page.keyboard.press("Enter")
    page.wait_for_url("**/cities/mianyang/")


def test_position_that_is_refused_is_told(page):
    open_dialog(page)
    page.locator(".city-dialog__locate").click()
    denied = page.locator(".city-dialog__locate").get_attribute("data-denied")
    expect(page.locator(f"{DIALOG} [role=status]").first).to_have_text(denied)


def test_position_near_no_city_is_told(page):
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": 0, "longitude": -150})
    open_dialog(page)
    page.locator(".city-dialog__locate").click()
    nowhere = page.locator(".city-dialog__locate").get_attribute("data-nowhere")
    expect(page.locator(f"{DIALOG} [role=status]").first).to_have_text(nowhere)
