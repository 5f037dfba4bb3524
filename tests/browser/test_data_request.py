"""A person asks for their data with a phone, and somebody answers at a desk: both in a real browser."""

from playwright.sync_api import expect

from tests.browser.test_lead_desk import new_mobile, send_lead, sign_in


def test_person_asks_from_the_notice_and_gets_the_proof(page):
    mobile = new_mobile()
    receipt = send_lead(page, mobile)
    page.goto("/quick-service/")
    page.locator(".privacy-notice summary").first.click()
    page.locator(".privacy-notice a").first.click()
    page.locator("[name=receipt]").fill(receipt.lower())
    page.locator("[name=phone]").fill("13700000000")
    page.locator("[name=kind]").select_option("erasure")
    page.get_by_role("button", name="提交请求").click()
    expect(page.get_by_role("alert")).to_contain_text("未找到")
    expect(page.locator("[name=receipt]")).to_have_value(receipt)
    page.locator("[name=phone]").fill(mobile)
    page.get_by_role("button", name="提交请求").click()
    expect(page.locator("main")).to_contain_text("已收到您的请求")
    address = page.url
    assert mobile not in address
    erase(sign_in(page), receipt)
    page.goto(address)
    expect(page.locator("main")).to_contain_text("本页即为凭证")


def erase(page, receipt):
    page.goto("/admin/data_requests/")
    row = page.get_by_role("row").filter(has_text=receipt)
    row.locator(".title a").first.click()
    page.locator("#erasure-content [name=is_checked]").check()
    page.get_by_role("button", name="删除信息").click()
    expect(page.locator("#leads-content")).to_contain_text("已不再保存此人的任何信息")
