"""An agent works on a lead in a real browser, from the first look to the end."""

import random

import pytest
from playwright.sync_api import expect

PATH = "/api/v1/forms/quick-service/submissions/"


@pytest.fixture
def agent(page):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto("/admin/login/")
    page.fill("[name=username]", "admin")
    page.fill("[name=password]", "correct horse battery staple")
    page.click("[type=submit]")
    page.wait_for_url("**/admin/")
    return page


@pytest.fixture
def receipt(page):
    answers = {
        "name": "欧阳修远",
        "mobile": f"137{random.randrange(10**8):08}",
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
