"""The pages of the demo site in a real browser: on a phone, on a large screen, on paper and without scripts."""

import pytest
from playwright.sync_api import expect

NARROW = {"width": 360, "height": 780}
WIDE = {"width": 1920, "height": 1080}
DESK = {"width": 1280, "height": 900}
PATHS = [
    "/",
    "/news/",
    "/news/three-clients-certified-in-october/",
    "/news/common-audit-findings/",
    "/cities/",
    "/cities/chengdu/",
    "/no-such-page/",
]
ON_EVERY_PAGE = pytest.mark.parametrize("path", [*PATHS, "/quick-service/"])
WITH_THE_FORM_ASIDE = pytest.mark.parametrize("path", PATHS)
# Links within running text are as high as its lines and left out. A tick box is hit by its label as well.
SMALL_TARGETS = """
  [...document.querySelectorAll("a, button, input:not([type=hidden]), select, summary")]
    .filter((target) => target.checkVisibility() && !target.matches(".prose a, .byline a, .skip-link"))
    .filter((target) => !target.closest(".site-footer__legal, .card, .article-lines, .city-tiles"))
    .map((target) => (target.type === "checkbox" && target.labels[0]) || target)
    .filter((target) => target.getBoundingClientRect().height < 43.5)
    .map((target) => target.outerHTML)
"""
INVISIBLE_FOCUS = "getComputedStyle(document.activeElement).outlineStyle == 'none'"


def scrolls_sideways(page):
    width = page.viewport_size["width"]
    return page.evaluate("document.documentElement.scrollWidth") > width


@ON_EVERY_PAGE
def test_page_fits_the_narrowest_phone_and_the_widest_screen(page, path):
    page.goto(path)
    for size in (NARROW, WIDE):
        page.set_viewport_size(size)
        assert not scrolls_sideways(page)


@ON_EVERY_PAGE
def test_what_a_finger_has_to_hit_is_high_enough(page, path):
    page.goto(path)
    assert page.evaluate(SMALL_TARGETS) == []


@WITH_THE_FORM_ASIDE
def test_form_stays_beside_the_text_on_a_desk_and_below_it_on_a_phone(page, path):
    page.goto(path)
    form, heading = page.locator(".frame__aside"), page.locator("h1")
    assert form.bounding_box()["y"] > heading.bounding_box()["y"]
    page.set_viewport_size(DESK)
    beside = heading.bounding_box()
    assert form.bounding_box()["x"] >= beside["x"] + beside["width"]


def test_bar_at_the_foot_of_a_phone_leads_to_the_form(page):
    page.goto("/news/")
    page.locator(".action-bar").get_by_text("快速办理").click()
    expect(page.locator(".frame__aside .quick-form")).to_be_in_viewport()
    assert page.locator(".action-bar a[href^='tel:']").count() == 1


def test_menu_and_its_links_work_without_scripts(page_without_scripts):
    page = page_without_scripts
    page.goto("/")
    menu = page.locator(".site-nav")
    expect(menu).to_be_hidden()
    page.get_by_role("button", name="菜单").click()
    expect(menu).to_be_visible()
    menu.locator("a[href='/news/']").first.click()
    expect(page.locator("h1")).to_have_text("认证资讯")


def test_submenu_opens_to_the_keyboard_without_scripts(page_without_scripts):
    page = page_without_scripts
    page.set_viewport_size(DESK)
    page.goto("/")
    below = page.locator(".site-nav__sublist").first
    expect(below).to_have_css("opacity", "0")
    page.locator(".site-nav__link").first.focus()
    expect(below).to_have_css("opacity", "1")
    page.keyboard.press("Tab")
    expect(below.locator("a").first).to_be_focused()


def test_article_list_is_narrowed_and_paged_without_scripts(page_without_scripts):
    page = page_without_scripts
    page.goto("/news/")
    page.locator(".filter__link").nth(1).click()
    expect(page.locator(".filter__link[aria-current]")).not_to_have_text("全部")
    page.goto("/news/")
    page.locator(".pagination a[rel=next]").click()
    assert page.url.endswith("/news/?page=2")
    expect(page.locator(".card").first).to_be_visible()


def test_city_is_found_by_its_letter_and_becomes_the_current_one(page_without_scripts):
    page = page_without_scripts
    page.goto("/")
    page.locator(".city-switch__link").click()
    page.locator(".city-index__jump-link", has_text="X").click()
    xian = page.locator(".city-index__link", has_text="西安")
    expect(xian).to_be_in_viewport()
    xian.click()
    expect(page.locator(".city-switch__name")).to_have_text("西安")


def test_headline_breaks_between_words_and_reads_as_before(page):
    page.goto("/news/three-clients-certified-in-october/")
    headline = page.locator("h1")
    expect(headline).to_have_text("衡序辅导的三家川渝企业同月取得认证证书")
    assert "企<wbr>业" not in headline.inner_html()
    assert "渝<wbr>企业" in headline.inner_html()


def test_focus_is_visible_from_the_first_tab_on(page):
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    expect(page.locator(".skip-link")).to_be_in_viewport()
    for _stop in range(12):
        page.keyboard.press("Tab")
        assert not page.evaluate(INVISIBLE_FOCUS)


def test_paper_carries_the_article_and_nothing_around_it(page):
    page.goto("/news/three-clients-certified-in-october/")
    page.emulate_media(media="print")
    expect(page.locator(".article__title")).to_be_visible()
    expect(page.locator(".print-only")).to_be_visible()
    for around in (".site-nav", ".site-footer", ".quick-form", ".action-bar"):
        expect(page.locator(around).first).to_be_hidden()
