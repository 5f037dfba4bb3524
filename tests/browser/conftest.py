import shutil

import pytest
from playwright.sync_api import sync_playwright

from cms.settings import environment

PHONE = {"width": 360, "height": 780}
DESK = {"width": 1280, "height": 900}
PASSWORD = "correct horse battery staple"


@pytest.fixture(scope="session")
def chromium():
    executable = find_chromium()
    if executable is None:
        pytest.skip("Chromium is not installed: see `make test`.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


def find_chromium():
    names = [environment.CHROMIUM, "chromium", "chromium-browser", "google-chrome"]
    return next(filter(None, map(shutil.which, filter(None, names))), None)


@pytest.fixture
def page(chromium, live_site):
    """A tab of phone size. Whatever a test does in it, nothing may leave this machine and no script may fail."""
    context = chromium.new_context(
        base_url=live_site.url, locale="zh-CN", viewport=PHONE
    )
    page = context.new_page()
    complaints = []
    page.on("console", lambda message: complain_about(message, complaints))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: complain_about_stranger(request, complaints))
    yield page
    context.close()
    assert complaints == []


@pytest.fixture
def admin(page):
    """The same tab as an administrator uses it."""
    page.set_viewport_size(DESK)
    page.goto("/admin/login/")
    page.locator("[name=username]").fill("admin")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url("**/admin/")
    return page


@pytest.fixture
def page_without_scripts(chromium, live_site):
    """A tab of phone size in which no script runs."""
    context = chromium.new_context(
        base_url=live_site.url, viewport=PHONE, java_script_enabled=False
    )
    yield context.new_page()
    context.close()


def complain_about(message, complaints):
    """Chromium reports what the content security policy forbids as an error on the console."""
    refused_answer = "Failed to load resource" in message.text
    if message.type == "error" and not refused_answer:
        complaints.append(message.text)


def complain_about_stranger(request, complaints):
    if not request.url.startswith(("http://127.0.0.1:", "data:", "blob:")):
        complaints.append(f"Third party called: {request.url}")
