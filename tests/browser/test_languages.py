"""An article in three languages: Chinese, traditional Chinese that follows by itself, and English written by people."""

import json
import re
import time

import polib
import pytest
from playwright.sync_api import expect

from tests.prepared import running_demo

RULE = "component-translation_languagerule"
NAMES = {"zh-hans": "简体中文", "zh-hant": "繁体中文", "en": "英语"}
PATHS = {
    "zh-hans": "/news/%E4%BF%A1%E6%81%AF%E8%BD%AF%E4%BB%B6%E4%B8%8A%E7%BA%BF/",
    "zh-hant": "/zh-hant/news/xin-xi-ruan-jian-shang-xian/",
    "en": "/en/news/software-goes-live/",
}
SIMPLIFIED = ["信息软件上线", "头发与发展。", "默认的打印机。"]
TRADITIONAL = ["資訊軟體上線", "頭髮與發展。", "預設的印表機。"]
ENGLISH = ["Software goes live", "Hair and growth.", "The default printer."]
CHINESE = re.compile(r"[一-鿿]")


@pytest.fixture(scope="module")
def live_site(tmp_path_factory, prepared_sites):
    """A site of its own: the one of the other tests has one language."""
    folder = tmp_path_factory.mktemp("languages")
    with running_demo(prepared_sites, folder) as site:
        yield site


def test_an_article_is_written_once_and_read_in_three_languages(admin, live_site):
    add_language(admin, "zh-hant", translator="opencc-tw", mode="automatic")
    write_article(admin, live_site, *SIMPLIFIED)
    wait_for_texts(live_site, "zh-hant", TRADITIONAL)

    add_language(admin, "en", translator="people", mode="manual")
    article = read_page(live_site, PATHS["zh-hans"])
    submit(admin, article, "en")
    # Those above come first: nothing is read below a draft.
    for page in (*article["breadcrumbs"], article):
        open_translation(admin, page, "en")
        translate_by_po_file(admin)
        publish_translation(admin)
    wait_for_texts(live_site, "en", ENGLISH)
    assert_english(admin, live_site)

    open_translation(admin, article, "zh-hant")
    correct(admin, "头发与发展。", "髮型與發展。")
    open_editor(admin, article)
    write_paragraph(admin, 1, "网络里的数据库。")
    publish(admin)
    corrected = ["資訊軟體上線", "髮型與發展。", "網路裡的資料庫。"]
    wait_for_texts(live_site, "zh-hant", corrected)
    # People were not asked for more.
    wait_for_texts(live_site, "en", ENGLISH)
    assert_languages_are_kept_apart(live_site)


# What editors do


def add_language(admin, code, *, translator, mode):
    admin.goto("/admin/locales/new/")
    admin.select_option("[name=language_code]", code)
    rule = admin.locator(".component-form", has=admin.locator(f"[name^={RULE}]"))
    rule.locator(".component-form__enable-button").click()
    admin.select_option(f"[name={RULE}-source]", label=NAMES["zh-hans"])
    admin.select_option(f"[name={RULE}-translator]", translator)
    admin.select_option(f"[name={RULE}-mode]", mode)
    expect(admin.locator(f"[name={RULE}-publishes]")).to_be_checked()
    admin.locator("main input[type=submit]").click()
    expect_success(admin)


def write_article(admin, site, title, *paragraphs):
    parent = read_page(site, "/news/")
    admin.goto(f"/admin/pages/add/articles/articlepage/{parent['id']}/")
    admin.fill("[name=title]", title)
    for number, text in enumerate(paragraphs):
        admin.locator("[data-contentpath=body] .c-sf-add-button").nth(number).click()
        admin.get_by_role("option", name="段落").first.click()
        write_paragraph(admin, number, text)
    publish(admin)


def open_editor(admin, page):
    admin.goto(f"/admin/pages/{page['id']}/edit/")


def write_paragraph(admin, number, text):
    blocks = admin.locator("[data-contentpath=body] [data-streamfield-child]")
    blocks.nth(number).locator("[contenteditable=true]").fill(text)
    # The editor hands it to the form a moment later.
    field = admin.locator(f"[name=body-{number}-value]")
    expect(field).to_have_value(re.compile(text))


def publish(admin):
    admin.locator("button[name=action-publish]").dispatch_event("click")
    expect_success(admin)


def submit(admin, page, code):
    admin.goto(f"/admin/localize/submit/page/{page['id']}/")
    admin.get_by_label(NAMES[code]).check()
    admin.locator("main input[type=submit]").click()
    expect_success(admin)


def open_translation(admin, page, code):
    admin.goto(f"/admin/languages/page/{page['id']}/")
    admin.get_by_role("link", name=NAMES[code]).click()


def translate_by_po_file(admin):
    with admin.expect_download() as download:
        admin.locator("a[download]").first.click()
    file = polib.pofile(str(download.value.path()))
    for entry in file:
        entry.msgstr = in_english(entry)
    upload = {"name": "en.po", "mimeType": "text/plain", "buffer": str(file).encode()}
    admin.locator("input[name=file]").first.set_input_files(upload)
    expect_success(admin)


def in_english(entry):
    if entry.msgctxt == "slug":
        return entry.msgid if entry.msgid.isascii() else "software-goes-live"
    return dict(zip(SIMPLIFIED, ENGLISH, strict=True)).get(entry.msgid, "English")


def publish_translation(admin):
    admin.locator("button[name=action]").click()
    # The message of an upload may still be there.
    admin.locator(".messages .success", has_text="发布").wait_for()


def correct(admin, source, text):
    segment = admin.locator(".js-translation-editor li.complete", has_text=source)
    segment.get_by_role("button").click()
    segment.locator("textarea").fill(text)
    with admin.expect_response(re.compile("/localize/translate/")) as saved:
        segment.get_by_role("button").last.click()
    assert saved.value.ok
    publish_translation(admin)


def expect_success(admin):
    admin.locator(".messages .success").wait_for()


# What a front end and a reader see


def read_page(site, path):
    """None: nothing is published there."""
    answer = site.get("/api/v1/pages/by-path/", params={"path": path})
    return answer.json() if answer.ok else None


def wait_for_texts(site, code, texts, seconds=60):
    """The background worker comes to it in its own time."""
    deadline = time.monotonic() + seconds
    while (found := texts_of(read_page(site, PATHS[code]))) != texts:
        assert time.monotonic() < deadline, found
        time.sleep(0.2)
    html = site.get(PATHS[code]).text
    assert [text for text in texts if text not in html] == []


def texts_of(article):
    if article is None:
        return []
    paragraphs = [block["value"] for block in article["body"]]
    return [article["title"], *(re.sub(r"<[^>]*>", "", html) for html in paragraphs)]


def assert_english(admin, site):
    """Nothing of the article is Chinese."""
    article = read_page(site, PATHS["en"])
    article.pop("alternates")
    assert not CHINESE.search(json.dumps(article, ensure_ascii=False))
    admin.goto(PATHS["en"])
    expect(admin.locator("article.article")).not_to_contain_text(CHINESE)


def assert_languages_are_kept_apart(site):
    for code, path in PATHS.items():
        article = read_page(site, path)
        assert article["locale"] == code
        others = {each["locale"]: each["path"] for each in article["alternates"]}
        assert {code: path, **others} == PATHS
        articles = site.get("/api/v1/articles/", params={"locale": code}).json()
        prefix = "/news/" if code == "zh-hans" else f"/{code}/news/"
        paths = [each["path"] for each in articles["items"]]
        assert path in paths
        assert [path for path in paths if not path.startswith(prefix)] == []
    locales = site.get("/api/v1/site/").json()["locales"]
    assert {each["code"] for each in locales} == set(PATHS)
