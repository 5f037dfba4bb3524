"""The city in the header: without scripts a page, with them a dialog; what is remembered, and who asks for it."""

import json
import time
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.cities import test_search

SEARCHES = json.loads(
    Path(test_search.__file__).with_name("searches.json").read_text("utf-8")
)
NEWS = "/news/"
DIALOG = ".city-dialog"
FIELD = f"{DIALOG} input[name=q]"
CITIES = f"{DIALOG} .city-index__link"
FOCUSED = "document.activeElement"


def open_dialog(page, path=NEWS):
    page.goto(path)
    page.locator(".city-switch__link").click()
    page.locator(CITIES).first.wait_for()


def found(page):
    return page.locator(CITIES).evaluate_all(
        "links => links.map(link => link.dataset.city)"
    )


def choose(page, text):
    page.locator(FIELD).fill(text)
    page.locator(FIELD).press("Enter")


def cookies(page):
    return {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}


def remember(page, live_site, slug):
    page.context.add_cookies([{"name": "city", "value": slug, "url": live_site.url}])


def requests_of(page, part):
    """The addresses with this part in them that the page asks for from now on."""
    addresses = []
    page.on(
        "request",
        lambda request: part in request.url and addresses.append(request.url),
    )
    return addresses


# Without scripts


def test_switcher_on_a_phone_without_scripts(page_without_scripts):
    page = page_without_scripts
    page.goto("/")
    page.locator(".city-switch__link").click()
    page.locator("main input[name=q]").fill("cd")
    page.locator("main .search-box__submit").click()
    links = page.locator("main a[data-city]")
    expect(links).to_have_count(4)
    assert links.evaluate_all("links => links.map(link => link.dataset.city)") == [
        *("chengdu", "changde", "changdu", "chengde")
    ]
    links.first.click()
    assert page.url.endswith("/cities/chengdu/")
    expect(page.locator(".city-switch__name")).to_have_text("成都")
    assert page.context.cookies() == []


def test_city_without_a_page_shows_its_card_without_scripts(page_without_scripts):
    page = page_without_scripts
    page.goto("/cities/?by=province")
    page.locator("main a[data-city=dazhou]").click()
    expect(page.locator("main .contact-card").first).to_be_in_viewport()
    expect(page.locator(".city-switch__name")).to_have_text("达州")
    assert page.locator("[name=_city]").input_value() == "dazhou"
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_what_a_finger_has_to_hit_in_the_list_is_high_enough(page):
    for path in ("/cities/?by=province", "/cities/?q=cd", "/cities/?city=dazhou"):
        page.goto(path)
        heights = page.locator("main :is(a, button, input):visible").evaluate_all(
            "all => all.filter(each => !each.closest('.prose, .facts, .frame__aside, .city-tiles'))"
            ".map(each => each.getBoundingClientRect().height)"
        )
        assert min(heights) >= 43.5
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


# The dialog


def test_dialog_opens_over_the_page_with_hot_cities_first(page):
    open_dialog(page)
    assert page.url.endswith(NEWS)
    expect(page.locator(FIELD)).to_be_focused()
    cities = page.request.get("/api/v1/cities/").json()["items"]
    hot = [city["slug"] for city in cities if city["is_hot"]]
    assert found(page)[: len(hot)] == hot
    assert set(found(page)) == {city["slug"] for city in cities}
    headings = page.locator(f"{DIALOG} h3").all_inner_texts()[1:]
    assert headings == sorted({city["initial"] for city in cities})


def test_dialog_fits_a_phone_and_a_desk(page):
    for size in (PHONE, {"width": 1280, "height": 900}):
        page.set_viewport_size(size)
        open_dialog(page)
        box = page.locator(DIALOG).bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= size["width"]
        assert box["y"] + box["height"] <= size["height"]
        heights = page.locator(f"{DIALOG} :is(a, button, input):visible").evaluate_all(
            "all => all.map(each => each.getBoundingClientRect().height)"
        )
        assert min(heights) >= 43.5


def test_cities_stand_by_province_when_asked(page):
    open_dialog(page)
    button = page.locator(f"{DIALOG} [data-by=province]")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    assert page.locator(f"{DIALOG} h3").all_inner_texts()[1:4] == [
        *("北京市", "天津市", "河北省")
    ]


def test_every_search_of_the_table_finds_in_the_browser_what_the_server_finds(page):
    open_dialog(page)
    for search in SEARCHES:
        page.locator(FIELD).fill(search["text"])
        assert found(page) == search["found"], search["text"]


def test_what_is_typed_is_never_understood_as_html(page):
    open_dialog(page)
    page.locator(FIELD).fill("<img src=x onerror=alert(1)>")
    expect(page.locator(f"{DIALOG} [role=status]")).not_to_be_empty()
    assert page.locator(f"{DIALOG} img").count() == 0


def test_keyboard_alone_opens_seeks_and_chooses(page):
    page.goto(NEWS)
    page.locator(".city-switch__link").focus()
    page.keyboard.press("Enter")
    page.locator(CITIES).first.wait_for()
    page.keyboard.type("chengd")
    page.keyboard.press("ArrowDown")
    assert page.evaluate(f"{FOCUSED}.dataset.city") == "chengdu"
    page.keyboard.press("ArrowRight")
    assert page.evaluate(f"{FOCUSED}.dataset.city") == "chengde"
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cities/chengdu/")
    assert cookies(page) == {"city": "chengdu"}


def test_arrows_follow_the_rows_and_tab_reaches_the_cities_once(page):
    open_dialog(page)
    page.keyboard.press("ArrowDown")
    first = page.evaluate(f"{FOCUSED}.getBoundingClientRect().toJSON()")
    page.keyboard.press("ArrowDown")
    below = page.evaluate(f"{FOCUSED}.getBoundingClientRect().toJSON()")
    assert below["left"] == first["left"]
    assert below["top"] > first["top"]
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator(FIELD)).to_be_focused()
    assert page.locator(f"{CITIES}[tabindex='0']").count() == 1


def test_escape_closes_and_gives_the_focus_back(page):
    open_dialog(page)
    page.keyboard.press("Escape")
    expect(page.locator(DIALOG)).to_be_hidden()
    expect(page.locator(".city-switch__link")).to_be_focused()
    assert page.context.cookies() == []


def test_everything_in_the_dialog_has_a_name(page):
    open_dialog(page)
    name = page.locator(f"{DIALOG} h2").inner_text()
    dialog = page.get_by_role("dialog", name=name)
    expect(dialog).to_be_visible()
    for control in dialog.get_by_role("button").all():
        assert control.inner_text() or control.get_attribute("aria-label")
    field = dialog.get_by_role("searchbox")
    assert field.evaluate("field => field.labels[0].textContent")
    expect(dialog.get_by_role("status")).to_be_attached()


def test_list_page_opens_when_the_cities_cannot_be_had(page):
    page.goto(NEWS)
    page.route("**/api/v1/cities/?*", lambda route: route.abort())
    page.locator(".city-switch__link").click()
    page.wait_for_url("**/cities/")


# What is remembered


def test_chosen_city_without_a_page_is_shown_where_the_visitor_is(page):
    open_dialog(page)
    choose(page, "dazhou")
    expect(page.locator(".city-switch__name")).to_have_text("达州")
    expect(page.locator(DIALOG)).to_be_hidden()
    assert page.url.endswith(NEWS)
    assert cookies(page) == {"city": "dazhou"}
    assert page.locator("[name=_city]").input_value() == "dazhou"


def test_cookie_is_first_party_for_the_whole_site_and_lasts_a_year(page):
    open_dialog(page)
    choose(page, "dazhou")
    expect(page.locator(".city-switch__name")).to_have_text("达州")
    (cookie,) = page.context.cookies()
    assert (cookie["path"], cookie["sameSite"]) == ("/", "Lax")
    seconds = cookie["expires"] - page.evaluate("Date.now() / 1000")
    assert 364 < seconds / 86_400 < 366


def test_other_pages_show_the_chosen_city_with_its_phone(page, live_site):
    header = page.request.get("/api/v1/cities/mianyang/header/").json()
    remember(page, live_site, "mianyang")
    page.goto("/")
    expect(page.locator(".city-switch__name")).to_have_text("绵阳")
    phone = header["phone"]["display"]
    expect(page.locator(".hotline__number")).to_have_text(phone)
    for link in page.locator("[data-city-phone]").all():
        dialled = link.get_attribute("href")
        assert dialled == header["phone"]["href"]
    assert page.locator("[name=_city]").input_value() == "mianyang"


def test_city_page_keeps_its_own_city(page, live_site):
    asked = requests_of(page, "/header/")
    remember(page, live_site, "mianyang")
    page.goto("/cities/chengdu/")
    page.wait_for_load_state("networkidle")
    expect(page.locator(".city-switch__name")).to_have_text("成都")
    assert page.locator("[name=_city]").input_value() == "chengdu"
    assert asked == []


def test_choosing_a_city_without_a_page_on_a_city_page_shows_its_card(page):
    open_dialog(page, "/cities/chengdu/")
    choose(page, "dazhou")
    page.wait_for_url("**/cities/?city=dazhou")
    expect(page.locator(".city-switch__name")).to_have_text("达州")


def test_nothing_is_asked_for_before_a_city_is_chosen(page):
    asked = requests_of(page, "/api/v1/cities/")
    page.goto("/")
    page.wait_for_load_state("networkidle")
    assert asked == []
    assert page.context.cookies() == []


def wait_until(page, condition, seconds=10):
    """Playwright's own way evaluates a string in the page, which its policy forbids."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        page.wait_for_timeout(50)


@pytest.mark.parametrize("slug", ["atlantis", "../../admin", "%3Cb%3E", "A" * 300])
def test_cookie_that_is_no_city_is_dropped(page, live_site, slug):
    remember(page, live_site, slug)
    page.goto("/")
    wait_until(page, lambda: page.evaluate("document.cookie") == "")
    expect(page.locator(".city-switch__name")).to_have_text("成都")


def test_link_of_the_list_is_a_choice_too(page):
    page.goto("/cities/?q=mianyang")
    page.locator("main a[data-city=mianyang]").click()
    page.wait_for_url("**/cities/mianyang/")
    assert cookies(page) == {"city": "mianyang"}


def test_form_that_asks_for_the_city_begins_with_the_chosen_one(page):
    """The demo's form does not ask; one that does holds the register as a list."""
    page.goto(NEWS)
    page.locator(".quick-form").evaluate(
        "form => form.insertAdjacentHTML('beforeend', '<select name=where>"
        "<option value=chengdu selected><option value=dazhou></select>')"
    )
    page.locator(".city-switch__link").click()
    page.locator(CITIES).first.wait_for()
    choose(page, "dazhou")
    expect(page.locator("[name=_city]")).to_have_value("dazhou")
    expect(page.locator("[name=where]")).to_have_value("dazhou")
