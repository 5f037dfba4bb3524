"""An editor changes what every city inherits, overrides it for one and goes back, in a real browser."""

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import expect

CHANGED = "400-999-0001"
# What the demo content leaves to the head office. Other tests publish more such pages on the same site.
INHERITING = {"foshan", "jiaxing", "nanchong", "suzhou"}
OVERRIDE = "[data-action='inheritance#override']"
GO_BACK = "[data-action='inheritance#goBack']"


def phones(page):
    """The number that each published city page gives, by the city's slug."""
    items = page.request.get("/api/v1/cities/").json()["items"]
    paths = {item["slug"]: item["page"]["path"] for item in items if item["page"]}
    return {slug: phone_on(page, path) for slug, path in paths.items()}


def inheriting(page, slugs):
    """Those of the cities whose phone is the national one, as the API says."""
    headers = {
        slug: page.request.get(f"/api/v1/cities/{slug}/header/").json()
        for slug in slugs
    }
    return {
        s for s, header in headers.items() if header["phone"]["origin"] == "national"
    }


def phone_on(page, path):
    soup = BeautifulSoup(page.request.get(path).text(), "html.parser")
    return soup.select_one(".contact-card a[href^='tel:']").get_text()


def open_site_settings(page):
    page.goto("/admin/settings/core/sitesettings/")


def save(page):
    page.locator("footer [type=submit], [type=submit].action-save").first.click()
    page.locator(".messages .success").wait_for()


@pytest.fixture
def change_national_phone(admin):
    open_site_settings(admin)
    before = admin.locator("[name=service_phone]").input_value()

    def change(number):
        open_site_settings(admin)
        admin.locator("[name=service_phone]").fill(number)
        save(admin)

    yield change
    change(before)


def open_register(page, slug):
    page.goto(f"/admin/snippets/cities/city/?q={slug}")
    page.locator("main .title-wrapper a").first.click()
    page.locator("#phone-field").wait_for()


def field(page, name):
    return page.locator(f"[data-controller=inheritance]:has(> #{name}-field)")


def test_national_phone_is_seen_on_inheriting_cities_at_once_and_on_no_other(
    admin, change_national_phone
):
    before = phones(admin)
    change_national_phone(CHANGED)
    after = phones(admin)
    expected = inheriting(admin, after)
    assert expected >= INHERITING
    assert {slug for slug, phone in after.items() if phone == CHANGED} == expected
    assert {slug for slug in after if after[slug] != before[slug]} == expected


def test_phone_is_overridden_in_the_register_and_given_back(admin):
    national = phone_on(admin, "/cities/jiaxing/")
    open_register(admin, "jiaxing")
    phone = field(admin, "phone")
    number = admin.locator("[name=phone]")
    expect(number).to_have_attribute("placeholder", national)
    expect(phone.locator(GO_BACK)).to_be_hidden()

    phone.locator(OVERRIDE).click()
    expect(number).to_have_value(national)
    expect(number).to_be_focused()
    expect(phone.locator(OVERRIDE)).to_be_hidden()
    number.fill("0573-12340573")
    save(admin)
    assert phone_on(admin, "/cities/jiaxing/") == "0573-1234 0573"

    open_register(admin, "jiaxing")
    field(admin, "phone").locator(GO_BACK).click()
    expect(number).to_have_value("")
    save(admin)
    assert phone_on(admin, "/cities/jiaxing/") == national


def test_typing_and_emptying_tell_which_value_holds(admin):
    open_register(admin, "jiaxing")
    phone = field(admin, "phone")
    admin.locator("[name=phone]").fill("1")
    expect(phone.locator(GO_BACK)).to_be_visible()
    admin.locator("[name=phone]").fill("")
    expect(phone.locator(OVERRIDE)).to_be_visible()


@pytest.fixture
def provinces_team(admin):
    """浙江省 has somebody for all of its cities."""
    open_register(admin, "zhejiang")
    team = field(admin, "team")
    team.locator(".c-sf-add-button").first.click()
    team.locator("input[name$='-name']").fill("周敏")
    save(admin)
    yield
    open_register(admin, "zhejiang")
    field(admin, "team").locator(GO_BACK).click()
    save(admin)


def test_team_is_copied_from_the_province_and_given_back(admin, provinces_team):
    open_register(admin, "jiaxing")
    team = field(admin, "team")
    expect(team.locator(".inheritance__value").first).to_have_text("周敏")
    team.locator(OVERRIDE).click()
    name = team.locator("input[name$='-name']")
    expect(name).to_have_value("周敏")
    name.fill("李文")
    save(admin)

    open_register(admin, "jiaxing")
    expect(team.locator("input[name$='-name']")).to_have_value("李文")
    team.locator(GO_BACK).click()
    expect(team.locator("input[name$='-name']")).to_have_count(0)
    expect(team.locator(OVERRIDE)).to_be_visible()
    save(admin)
    open_register(admin, "jiaxing")
    expect(team.locator("input[name$='-name']")).to_have_count(0)


def test_deleting_the_last_block_goes_back_too(admin, provinces_team):
    open_register(admin, "jiaxing")
    team = field(admin, "team")
    team.locator(OVERRIDE).click()
    expect(team.locator(GO_BACK)).to_be_visible()
    team.locator("[data-streamfield-action=DELETE]").click()
    expect(team.locator(OVERRIDE)).to_be_visible()


def test_projects_are_chosen_by_filter_and_given_back(admin):
    open_register(admin, "jiaxing")
    projects = field(admin, "projects")
    projects.locator("summary").click()
    projects.locator("input[type=search]").fill("iso9001")
    found = projects.locator(".grouped-checkboxes__list label:visible")
    expect(found).to_have_count(1)
    projects.locator("input[type=search]").press("Enter")
    found.locator("input").check()
    expect(projects.locator("summary")).to_contain_text("ISO 9001")
    projects.locator(GO_BACK).click()
    expect(projects.locator("summary")).not_to_contain_text("ISO 9001")


def open_newest_article(page):
    newest = page.request.get("/api/v1/articles/").json()["items"][0]
    page.goto(f"/admin/pages/{newest['id']}/edit/")
    return page.locator(".grouped-checkboxes").first


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("cd", {"成都市", "承德市", "常德市", "昌都市"}),
        ("chengdu", {"成都市"}),
        ("绵阳", {"绵阳市"}),
        ("zzz", set()),
    ],
)
def test_places_of_an_article_are_found_as_people_type_them(admin, typed, found):
    places = open_newest_article(admin)
    places.locator("summary").click()
    places.locator("input[type=search]").fill(typed)
    shown = places.locator(".grouped-checkboxes__list label:visible")
    expect(shown).to_have_count(len(found))
    assert {text.strip() for text in shown.all_inner_texts()} == found


def test_a_province_is_found_with_its_cities_and_chosen_as_a_whole(admin):
    places = open_newest_article(admin)
    places.locator("summary").click()
    places.locator("input[type=search]").fill("sichuan")
    shown = places.locator(".grouped-checkboxes__list label:visible")
    assert shown.count() > 20
    shown.first.click()
    expect(places.locator("summary")).to_contain_text("四川省")


@pytest.mark.parametrize("width", [360, 1280])
def test_forms_that_inherit_fit_the_screen(admin, width):
    open_register(admin, "jiaxing")
    register = admin.url
    admin.set_viewport_size({"width": width, "height": 800})
    for url in (register, "/admin/snippets/cities/city/"):
        admin.goto(url)
        assert admin.evaluate("document.documentElement.scrollWidth") <= width
