"""The quick-service form in a real browser at phone width, with scripts and without."""

import random
import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE

FORM = "/quick-service/"
RECEIPT = re.compile(r"[2-9A-HJ-NP-Z]{5}-[2-9A-HJ-NP-Z]{5}")
SUBMISSIONS = "**/submissions/*"


def fill(page, **changes):
    answers = {
        "name": "张三",
        "mobile": f"139{random.randrange(10**8):08}",
        "landline": "028-85550100",
        "company": "蓉城精密机械有限公司",
        **changes,
    }
    for key, text in answers.items():
        page.locator(f"[name={key}]").fill(text)
    page.locator("[name=project]").select_option("iso9001")


def submit(page):
    page.locator(".quick-form [type=submit]").click()


def receipt_on(page):
    shown = page.locator(".quick-form__receipt strong")
    shown.wait_for()
    return RECEIPT.fullmatch(shown.inner_text())[0]


@pytest.fixture
def article_path(page):
    articles = page.request.get("/api/v1/articles/").json()
    return articles["items"][0]["path"]


def test_visitor_of_an_article_is_thanked_and_read_in_the_admin(page, article_path):
    page.goto(f"{article_path}?utm_source=baidu")
    mobile = f"136{random.randrange(10**8):08}"
    written = f"{mobile[:3]} {mobile[3:7]} {mobile[7:]}"
    fill(page, mobile=mobile, landline="85550100转8012")
    submit(page)
    receipt = receipt_on(page)
    expect(page.locator(".quick-form--sent .quick-form__title")).to_be_focused()
    assert "utm_source" in page.url  # the visitor is still where they were

    page.goto(f"/admin/login/?next=/admin/leads/?q={receipt}")
    page.locator("[name=username]").fill("admin")
    page.locator("[name=password]").fill("correct horse battery staple")
    page.locator("[name=password]").press("Enter")
    page.get_by_role("link", name=receipt).click()
    assert written not in page.content()
    page.locator("#person-content [name=reason]").fill("首次联系")
    page.get_by_role("button", name="查看姓名、号码和答案").click()
    page.get_by_text(written).first.wait_for()
    lead = page.locator("main").inner_text()
    for text in ("张三", written, "028-85550100-8012", "baidu", article_path):
        assert text in lead


def test_wrong_number_is_told_next_to_its_field_and_nothing_is_lost(page):
    page.goto(FORM)
    fill(page, mobile="1380013800")
    submit(page)
    mobile = page.locator("[name=mobile]")
    expect(page.locator(".quick-form__errors")).to_be_focused()
    expect(mobile).to_have_attribute("aria-invalid", "true")
    described_by = mobile.get_attribute("aria-describedby")
    assert "10" in page.locator(f"#{described_by}").inner_text()
    assert mobile.input_value() == "1380013800"
    assert page.locator("[name=name]").input_value() == "张三"


def test_link_of_the_summary_leads_into_the_field(page):
    page.goto(FORM)
    fill(page, mobile="1")
    submit(page)
    page.locator(".quick-form__errors a").click()
    expect(page.locator("[name=mobile]")).to_be_focused()


def test_corrected_form_shows_no_old_error_and_is_sent(page):
    page.goto(FORM)
    fill(page, mobile="1")
    submit(page)
    page.locator(".quick-form__errors").wait_for()
    page.locator("[name=mobile]").fill("13800138000")
    submit(page)
    assert receipt_on(page)


def test_lost_connection_loses_nothing(page):
    page.goto(FORM)
    fill(page)
    page.route(SUBMISSIONS, lambda route: route.abort())
    submit(page)
    expect(page.locator(".quick-form__errors")).to_be_focused()
    assert page.locator("[name=company]").input_value() == "蓉城精密机械有限公司"
    page.unroute(SUBMISSIONS)
    submit(page)
    assert receipt_on(page)


@pytest.mark.parametrize("status", [500, 502, 503])
def test_broken_server_loses_nothing(page, status):
    page.goto(FORM)
    fill(page)
    page.route(SUBMISSIONS, lambda route: route.fulfill(status=status, body="Oops"))
    submit(page)
    expect(page.locator(".quick-form__errors")).to_be_focused()
    assert page.locator("[name=name]").input_value() == "张三"
    expect(page.locator("[type=submit]").first).to_be_enabled()


def test_impatient_visitor_sends_the_form_once(page):
    sent = []

    def slowly(route):
        sent.append(route.request)
        page.wait_for_timeout(500)
        route.continue_()

    page.goto(FORM)
    fill(page)
    page.route(SUBMISSIONS, slowly)
    button = page.locator(".quick-form [type=submit]")
    button.click()
    expect(button).to_be_disabled()
    button.click(force=True)
    assert receipt_on(page)
    assert len(sent) == 1


def test_field_that_was_added_meanwhile_is_shown_by_the_server(page):
    page.goto(FORM)
    fill(page)
    # As if the page had been loaded before the editor added the field.
    page.locator(".field[data-key=company]").evaluate("field => field.remove()")
    submit(page)
    expect(page).to_have_url(re.compile("/submissions/$"))
    expect(page.locator("[name=company]")).to_have_attribute("aria-invalid", "true")
    assert page.locator("[name=name]").input_value() == "张三"


def test_form_works_without_scripts(page_without_scripts):
    page = page_without_scripts
    page.goto(FORM)
    fill(page, mobile="1380013800")
    submit(page)
    expect(page.locator("[name=mobile]")).to_have_attribute("aria-invalid", "true")
    assert page.locator("[name=project]").input_value() == "iso9001"
    page.locator("[name=mobile]").fill("13800138000")
    submit(page)
    assert receipt_on(page) in page.url


def test_form_fits_the_phone(page):
    page.goto(FORM)
    fill(page, mobile="1")
    submit(page)
    page.locator(".quick-form__errors").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_visitor_gets_no_cookie_by_sending(page):
    page.goto(FORM)
    fill(page)
    submit(page)
    receipt_on(page)
    assert page.context.cookies() == []


def test_double_click_is_one_lead(page):
    page.goto(FORM)
    fill(page, name="双击两次")
    page.locator(".quick-form [type=submit]").dblclick()
    receipt = receipt_on(page)
    page.goto(FORM)
    fill(page, name="另一个人")
    keys = []
    page.on(
        "request", lambda request: keys.append(request.headers.get("idempotency-key"))
    )
    with page.expect_response(SUBMISSIONS):
        submit(page)
    assert receipt_on(page) != receipt
    assert any(key and len(key) == 32 for key in keys)


def test_retry_after_a_lost_answer_is_the_same_submission(page):
    """The first answer gets lost on its way; the visitor presses the button again."""
    page.goto(FORM)
    fill(page)
    receipts = []

    def lose(route):
        receipts.append(route.fetch().json()["receipt"])
        route.abort()

    page.route(SUBMISSIONS, lose, times=1)
    submit(page)
    expect(page.locator(".quick-form__errors")).to_be_visible()
    submit(page)
    assert receipt_on(page) == receipts[0]
