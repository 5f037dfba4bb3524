"""Work on many city pages in a real browser: from a pasted list to drafts, and from drafts to published pages."""

import pytest
from playwright.sync_api import expect

ORDER = "/admin/city-pages-in-bulk/"
NAMES = """
1. 石家庄
2. 唐山市
130300
成部
邯郸、邢台，亚特兰蒂斯
"""


@pytest.fixture
def editor(page):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto("/admin/login/")
    page.fill("[name=username]", "admin")
    page.fill("[name=password]", "correct horse battery staple")
    page.click("[type=submit]")
    page.wait_for_url("**/admin/")
    return page


def section(page, name):
    return page.locator(f"#{name}-section")


def test_a_pasted_list_with_two_unknown_names_becomes_drafts_that_can_be_published(
    editor,
):
    editor.goto(ORDER)
    editor.fill("[name=names]", NAMES)
    editor.click("[value=preview]")
    expect(section(editor, "problems")).to_contain_text("成部")
    expect(section(editor, "problems")).to_contain_text("成都市")
    expect(section(editor, "problems")).to_contain_text("亚特兰蒂斯")
    expect(section(editor, "pages").locator("tbody tr")).to_have_count(5)

    editor.click("[value=edit]")
    assert editor.input_value("[name=names]").strip() == NAMES.strip()
    editor.click("[value=preview]")

    editor.click("[data-bulk-start]")
    editor.wait_for_url("**/report/*/")
    expect(section(editor, "pages").locator("a")).to_have_count(7)
    expect(section(editor, "problems")).to_contain_text("亚特兰蒂斯")
    assert editor.request.get("/cities/tangshan/").status == 404

    editor.click("[value=preview]")
    editor.click("[data-bulk-start]")
    editor.wait_for_url("**/report/*/")
    assert editor.request.get("/cities/tangshan/").ok


def test_progress_is_shown_and_a_failure_is_told(editor):
    """The answer is written by the test: the real one is over before anybody can look at it."""
    answers = ['{"done": 3, "total": 4}\n', '{"error": "Nothing was changed."}\n']
    editor.route(
        "**/run/",
        lambda route: route.fulfill(
            content_type="application/x-ndjson", body="".join(answers)
        ),
    )
    editor.goto(ORDER)
    editor.fill("[name=names]", "秦皇岛\n保定")
    editor.click("[value=preview]")
    editor.click("[data-bulk-start]")
    expect(editor.locator("[data-bulk-error]")).to_have_text("Nothing was changed.")
    expect(editor.locator("progress")).to_have_attribute("max", "4")
    expect(editor.locator("[data-bulk-start]")).to_be_enabled()


def test_only_the_fields_of_the_chosen_set_are_shown(editor):
    editor.goto(ORDER)
    expect(editor.locator("[name=names]")).to_be_visible()
    editor.check("[name=city_set][value=provinces]")
    expect(editor.locator("[name=names]")).to_be_hidden()
    expect(editor.locator("[name=provinces]").first).to_be_visible()
    editor.check("[name=city_set][value=file]")
    expect(editor.locator("[name=table]")).to_be_visible()
