"""Fields that depend on others, in a real browser: they come and go with what is chosen."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.browser.test_quick_form import SUBMISSIONS, receipt_on, submit

FORM = "/system-quote/"
ANSWERS = {
    "name": "张三",
    "mobile": "13700137000",
    "company": "蓉城精密机械有限公司",
}
CLOSED = {"status": 409, "detail": "活动已结束。", "errors": [{"type": "closed"}]}


@pytest.fixture
def fields(page):
    page.goto(FORM)
    return {
        key: page.locator(f".field[data-key={key}]")
        for key in ("certificate", "reason")
    }


def fill(page, **changes):
    for key, text in {**ANSWERS, **changes}.items():
        page.locator(f"[name={key}]").fill(text)
    page.locator("[name=size]").select_option("under_50")
    page.locator("[name=consent]").check()


def choose(page, stage):
    page.locator("[name=stage]").select_option(stage)


def test_fields_come_and_go_with_the_choice(page, fields):
    expect(fields["certificate"]).to_be_hidden()
    choose(page, "surveillance")
    expect(fields["certificate"]).to_be_visible()
    expect(fields["reason"]).to_be_hidden()
    choose(page, "transfer")
    expect(fields["reason"]).to_be_visible()
    choose(page, "first")
    expect(fields["certificate"]).to_be_hidden()
    expect(fields["reason"]).to_be_hidden()


def test_scripts_need_no_line_that_says_when_a_field_is_wanted(page, fields):
    choose(page, "transfer")
    expect(page.locator(".field__condition")).to_have_count(0)


def test_hidden_field_is_not_sent_and_not_missed(page, fields):
    fill(page)
    choose(page, "transfer")
    page.locator("[name=certificate]").fill("00126Q30001R0S")
    choose(page, "first")
    with page.expect_request(SUBMISSIONS) as sent:
        submit(page)
    answers = sent.value.post_data_json["answers"]
    assert "certificate" not in answers
    assert receipt_on(page)


def test_shown_field_that_is_empty_is_told(page, fields):
    fill(page, mobile="13700137001")
    choose(page, "renewal")
    submit(page)
    certificate = page.locator("[name=certificate]")
    expect(certificate).to_have_attribute("aria-invalid", "true")
    certificate.fill("00126Q30001R0S")
    submit(page)
    assert receipt_on(page)


def test_default_is_chosen_and_sent(page, fields):
    assert page.locator("[name=project]").input_value() == "iso9001"
    assert page.locator("[name=stage]").input_value() == "first"


def test_tick_is_sent_as_the_digest_of_its_text(page, fields):
    fill(page, mobile="13700137002")
    digest = page.locator("[name=consent]").get_attribute("value")
    with page.expect_request(SUBMISSIONS) as sent:
        submit(page)
    answers = sent.value.post_data_json["answers"]
    assert re.fullmatch("[0-9a-f]{64}", digest)
    assert answers["consent"] == digest
    assert answers["news"] is False
    assert receipt_on(page)


def test_no_box_is_ticked_in_advance(page, fields):
    for box in page.locator("[type=checkbox]").all():
        expect(box).not_to_be_checked()


def test_closed_form_says_so_and_keeps_what_was_typed(page, fields):
    fill(page)
    page.route(SUBMISSIONS, lambda route: route.fulfill(status=409, json=CLOSED))
    submit(page)
    summary = page.locator(".quick-form__errors")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("活动已结束。")
    assert page.locator("[name=name]").input_value() == "张三"


def test_unavailable_server_says_that_it_may_be_sent_again(page, fields):
    fill(page)
    page.route(SUBMISSIONS, lambda route: route.fulfill(status=503, json={}))
    submit(page)
    form = page.locator("form.quick-form").first
    unavailable = form.get_attribute("data-unavailable")
    expect(page.locator(".quick-form__errors")).to_contain_text(unavailable)
    assert page.locator("[name=company]").input_value() == ANSWERS["company"]


def test_retry_has_the_key_of_the_first_attempt_and_a_correction_another(page, fields):
    fill(page, mobile="13700137003")
    keys = []

    def lose(route):
        keys.append(route.request.headers["idempotency-key"])
        route.abort()

    page.route(SUBMISSIONS, lose)
    for _ in range(2):
        submit(page)
        expect(page.locator(".quick-form__errors")).to_be_focused()
    page.locator("[name=name]").fill("李四")
    submit(page)
    expect(page.locator(".quick-form__errors")).to_be_focused()
    assert keys[0] == keys[1] != keys[2]


def test_going_back_shows_what_was_chosen(page, fields):
    choose(page, "transfer")
    page.goto("/news/")
    page.go_back()
    stage = page.locator("[name=stage]").input_value()
    shown = page.locator(".field[data-key=reason]").is_visible()
    assert shown == (stage == "transfer")


def test_without_scripts_all_fields_are_there_and_the_form_is_sent(
    page_without_scripts,
):
    page = page_without_scripts
    page.goto(FORM)
    certificate = page.locator(".field[data-key=certificate]")
    expect(certificate).to_be_visible()
    expect(certificate.locator(".field__condition")).to_contain_text("办理类型")
    fill(page, mobile="13700137004")
    submit(page)
    assert receipt_on(page) in page.url


def test_without_scripts_a_shown_field_is_missed_by_the_server(page_without_scripts):
    page = page_without_scripts
    page.goto(FORM)
    fill(page, mobile="13700137005")
    choose(page, "renewal")
    submit(page)
    certificate = page.locator("[name=certificate]")
    expect(certificate).to_have_attribute("aria-invalid", "true")
    assert page.locator("[name=name]").input_value() == "张三"


def test_form_with_notice_fits_the_phone(page, fields):
    choose(page, "transfer")
    page.locator(".privacy-notice summary").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_two_forms_on_one_page_know_nothing_of_each_other(page):
    page.goto("/news/quality-system-revision/")
    forms = page.locator("form.quick-form")
    expect(forms).to_have_count(2)
    quote = forms.filter(has=page.locator("[name=stage]"))
    quote.locator("[name=stage]").select_option("renewal")
    expect(quote.locator("[name=certificate]")).to_be_visible()
    quick = forms.filter(has=page.locator("[name=landline]"))
    expect(quick.locator("[data-shown-when]")).to_have_count(0)
    expect(quick.locator("[name=landline]")).to_be_visible()
    quote.locator("label", has_text="现有证书编号").click()
    expect(quote.locator("[name=certificate]")).to_be_focused()
