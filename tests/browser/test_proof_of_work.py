"""The proof of work in a real browser: unseen, from nobody else's server, and never in a visitor's way."""

import random

import pytest
from playwright.sync_api import expect

from tests.browser.test_quick_form import FORM, SUBMISSIONS, fill, receipt_on, submit


def verification_of(page, receipt):
    page.goto(f"/admin/login/?next=/admin/leads/?q={receipt}")
    page.locator("[name=username]").fill("admin")
    page.locator("[name=password]").fill("correct horse battery staple")
    page.locator("[name=password]").press("Enter")
    page.get_by_role("link", name=receipt).click()
    return page.locator("#person-content")


def test_sent_with_scripts_it_is_verified(page):
    challenges = []
    page.on(
        "request",
        lambda r: challenges.append(r.url) if "/challenge/" in r.url else None,
    )
    page.goto(FORM)
    page.wait_for_timeout(500)
    assert challenges == []  # nothing is asked for before somebody touches the form
    fill(page)
    with page.expect_request(SUBMISSIONS) as sent:
        submit(page)
    receipt = receipt_on(page)
    assert len(sent.value.post_data_json["proof"]) > 100
    assert len(challenges) == 1
    expect(verification_of(page, receipt)).to_contain_text("已验证")


def test_without_scripts_it_is_unverified(page, page_without_scripts):
    visitor = page_without_scripts
    visitor.goto(FORM)
    fill(visitor)
    submit(visitor)
    expect(verification_of(page, receipt_on(visitor))).to_contain_text("未验证")


@pytest.mark.parametrize("failure", ["/challenge/", "altcha"])
def test_proof_that_fails_keeps_nobody_from_sending(page, failure):
    page.route(f"**/*{failure}*", lambda route: route.abort())
    page.route(f"**{failure}**", lambda route: route.abort())
    page.goto(FORM)
    fill(page, mobile=f"135{random.randrange(10**8):08}")
    submit(page)
    assert receipt_on(page)
