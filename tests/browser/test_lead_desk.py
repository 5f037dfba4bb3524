"""An agent works on a lead in a real browser, from the first look to the end."""

import random

import pytest
from playwright.sync_api import expect

PATH = "/api/v1/forms/quick-service/submissions/"


@pytest.fixture
def agent(page):
    return sign_in(page)


def sign_in(page):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto("/admin/login/")
    page.fill("[name=username]", "admin")
    page.fill("[name=password]", "correct horse battery staple")
    page.click("[type=submit]")
    page.wait_for_url("**/admin/")
    return page


@pytest.fixture
def receipt(page):
    return send_lead(page, new_mobile())


def new_mobile():
    return f"137{random.randrange(10**8):08}"


def send_lead(page, mobile):
    answers = {
        "name": "欧阳修远",
        "mobile": mobile,
        "landline": "028-85550100",
        "project": "iso9001",
        "company": "蓉城精密机械有限公司",
    }
    response = page.request.post(PATH, data={"answers": answers})
    assert response.status == 201
    return response.json()["receipt"]


def move_to(page, status, reason=""):
    page.locator("[name=status]").select_option(status)
    if reason:
        page.locator("#work-content [name=reason]").first.fill(reason)
    page.get_by_role("button", name="更改状态").click()


def test_agent_claims_reveals_notes_and_closes_a_lead(agent, receipt):
    agent.goto("/admin/leads/")
    expect(agent.get_by_text("欧阳修远")).to_have_count(0)
    agent.get_by_role("link", name=receipt).click()
    move_to(agent, "claimed")
    expect(agent.locator("#person-content")).to_contain_text("已认领")
    agent.locator("#person-content [name=reason]").fill("首次联系")
    agent.get_by_role("button", name="查看姓名、号码和答案").click()
    expect(agent.locator("#person-content")).to_contain_text("欧阳修远")
    agent.locator("[name=text]").fill("周五再打")
    agent.get_by_role("button", name="添加备注").click()
    expect(agent.locator("#history-content")).to_contain_text("周五再打")
    move_to(agent, "contacted")
    move_to(agent, "lost")
    expect(agent.get_by_text("请说明线索为何流失。")).to_be_visible()
    move_to(agent, "lost", "价格")
    expect(agent.locator("#person-content")).to_contain_text("已流失 · 价格")
    expect(agent.locator("#history-content")).to_contain_text("lead.created")
    agent.goto("/admin/reports/personal-data/")
    expect(agent.locator("main")).to_contain_text(receipt)


def test_lead_fits_a_phone(agent, receipt):
    agent.set_viewport_size({"width": 360, "height": 780})
    agent.goto(f"/admin/leads/?q={receipt}")
    agent.get_by_role("link", name=receipt).click()
    expect(agent.get_by_role("button", name="更改状态")).to_be_visible()


def test_agent_claims_several_leads_at_once(agent):
    receipts = [send_lead(agent, new_mobile()) for _ in range(2)]
    agent.goto("/admin/leads/")
    for receipt in receipts:
        row = agent.get_by_role("row").filter(has_text=receipt)
        row.locator("[data-bulk-action-checkbox]").check()
    agent.locator(".bulk-actions-buttons").get_by_text("更改状态").click()
    expect(agent.locator("main")).to_contain_text(receipts[0])
    agent.locator("[name=status]").select_option("claimed")
    agent.locator("main form button[type=submit]").click()
    expect(agent.get_by_text("已更改 2 条线索。")).to_be_visible()
    for receipt in receipts:
        row = agent.get_by_role("row").filter(has_text=receipt)
        expect(row).to_contain_text("已认领")


def test_agent_chooses_the_columns_of_the_list(agent, receipt):
    agent.goto("/admin/leads/columns/")
    agent.get_by_label("公司", exact=True).uncheck()
    agent.get_by_label("提交次数").check()
    agent.get_by_role("button", name="保存").click()
    headings = agent.locator("thead").first
    expect(headings).to_contain_text("提交次数")
    expect(headings).not_to_contain_text("公司")
    agent.goto("/admin/leads/columns/")
    agent.get_by_role("button", name="恢复默认列").click()
    expect(headings).to_contain_text("公司")
