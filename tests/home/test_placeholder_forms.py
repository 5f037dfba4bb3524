"""An editor's unknown placeholder is refused where it stands, with the list of those that exist."""

import json

import pytest
from django.urls import reverse
from wagtail.models import APIToken
from wagtail.test.utils.form_data import (
    inline_formset,
    nested_form_data,
    rich_text,
    streamfield,
)

from articles.models import ArticlePage
from home.models import CityPage, ProvinceContent
from tests.factories import (
    ArticlePageFactory,
    CityFactory,
    CityIndexPageFactory,
    CityPageFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    user = UserFactory(is_superuser=True)
    client.force_login(user)
    return user


@pytest.fixture
def page(editor):
    index = CityIndexPageFactory(title="城市")
    return CityPageFactory(parent=index, city=CityFactory(short_name="成都"))


def form_of(page, body=(), **changes):
    """What the browser sends for a city page."""
    fields = {
        "title": page.title,
        "slug": page.slug,
        "city": page.city_id,
        "intro": "",
        "seo_title": "",
        "search_description": "",
        "listing_summary": "",
        "social_image": "",
        "body": streamfield(list(body)),
        "comments": inline_formset([]),
        "action-publish": "action-publish",
    }
    return nested_form_data(fields | changes)


def edit(client, page, **form):
    path = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return client.post(path, form_of(page, **form))


def assert_refused(response, name, unknown="{城市名}"):
    """The form is shown again, with the reason at the field."""
    assert response.status_code == 200
    message = response.context["form"].errors[name].as_text()
    assert_lists_placeholders(message, unknown)


def assert_lists_placeholders(message, unknown="{城市名}"):
    assert unknown in message
    for known in ("{city} ({城市})", "{province} ({省份})", "{phone} ({电话})"):
        assert known in message


@pytest.mark.parametrize(
    "name", ["title", "seo_title", "search_description", "listing_summary", "intro"]
)
def test_a_plain_text_of_a_page_is_refused(client, page, name):
    assert_refused(edit(client, page, **{name: "联系{城市名}"}), name)
    page.refresh_from_db()
    assert "城市名" not in getattr(page, name)


def test_a_new_page_is_refused(client, page):
    path = reverse(
        "wagtailadmin_pages:add", args=["home", "citypage", page.get_parent().pk]
    )
    page.slug, page.city = "mianyang", CityFactory()
    response = client.post(path, form_of(page, title="{cities}认证"))
    assert_refused(response, "title", "{cities}")
    assert CityPage.objects.count() == 1


def test_a_draft_is_refused_too(client, page):
    form = form_of(page, title="{城市名}认证")
    del form["action-publish"]
    path = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert_refused(client.post(path, form), "title")
    assert page.get_latest_revision() is None


def items(*values):
    """What the browser sends for the items of a list block."""
    sent = {
        str(n): {"deleted": "", "order": n, "id": "", "value": value}
        for n, value in enumerate(values)
    }
    return {"count": len(values), **sent}


def table(cell, caption):
    options = {"table_header_choice": "row", "first_row_is_table_header": True}
    return json.dumps({"data": [[cell, "乙"]], "table_caption": caption, **options})


QUOTE = ("quote", {"text": "好", "speaker": "", "role": ""})
ANSWER = rich_text("<p>{城市名}很快</p>")
COLUMN = streamfield([("paragraph", rich_text("<p>{城市名}</p>"))])
BLOCKS = {
    "rich text": ("paragraph", rich_text("<p>在<b>{城市名}</b>办理</p>")),
    "a heading": ("heading", {"text": "{城市名}", "level": "h2", "anchor": ""}),
    "a cell": ("table", table("{城市名}", "")),
    "a caption": ("table", table("甲", "{城市名}")),
    "a list": ("key_points", {"title": "", "points": items("甲", "{城市名}")}),
    "an answer": ("faq", {"items": items({"question": "多久", "answer": ANSWER})}),
    "a column": ("two_columns", {"left": COLUMN, "right": streamfield([QUOTE])}),
}


@pytest.mark.parametrize("where", BLOCKS)
def test_a_text_of_the_body_is_refused_at_its_block(client, page, where):
    response = edit(client, page, body=[QUOTE, BLOCKS[where]])
    assert response.status_code == 200
    [error] = response.context["form"].errors["body"].as_data()
    assert list(error.block_errors) == [1]
    assert_lists_placeholders(str(error.block_errors[1]))
    assert page.get_latest_revision() is None


def test_the_reason_is_shown_in_the_form(client, page):
    html = edit(client, page, body=[BLOCKS["rich text"]]).content.decode()
    # The errors of blocks are handed to Wagtail's script as JSON.
    assert "\\u57ce\\u5e02\\u540d" in html


def test_known_placeholders_and_doubled_braces_are_kept_as_they_are_written(
    client, page
):
    text = "{city}、{城市}、｛电话｝和{{城市名}}"
    response = edit(
        client, page, intro=text, body=[("paragraph", rich_text(f"<p>{text}</p>"))]
    )
    assert response.status_code == 302
    page.refresh_from_db()
    assert page.intro == text
    assert text in page.body.raw_data[0]["value"]
    page = CityPage.objects.get(pk=page.pk)
    assert page.resolved.intro == "成都、成都、和{城市名}"


def test_the_texts_of_a_province_are_refused(client, editor):
    province = CityFactory(level="province")
    form = {
        "province": province.pk,
        "intro": "{城市名}",
        "seo_title": "",
        "search_description": "",
        "body": streamfield([BLOCKS["rich text"]]),
    }
    path = reverse("wagtailsnippets_home_provincecontent:add")
    response = client.post(path, nested_form_data(form))
    assert_refused(response, "intro")
    assert "body" in response.context["form"].errors
    assert not ProvinceContent.objects.exists()


@pytest.mark.parametrize(
    "name", ["city_title", "city_intro", "city_seo_title", "city_search_description"]
)
def test_a_national_pattern_is_refused(client, page, name):
    index = page.get_parent().specific
    form = nested_form_data(
        {
            "title": index.title,
            "slug": index.slug,
            "city_title": "{city}",
            "body": streamfield([]),
            "city_body": streamfield([]),
            "comments": inline_formset([]),
            name: "{城市名}",
        }
    )
    path = reverse("wagtailadmin_pages:edit", args=[index.pk])
    assert_refused(client.post(path, form), name)


class TestManagementAPI:
    @pytest.fixture
    def ask(self, client, editor):
        _token, secret = APIToken.create_token(user=editor, name="sync")

        def ask(method, path, data):
            return client.generic(
                method,
                f"/api/v3/{path}",
                json.dumps(data),
                content_type="application/json",
                headers={"authorization": f"Bearer {secret}"},
            )

        return ask

    @pytest.mark.parametrize("name", ["title", "seo_title", "search_description"])
    def test_a_change_is_refused(self, ask, page, name):
        response = ask("PATCH", f"pages/{page.pk}/", {name: "{城市名}"})
        assert response.status_code == 422, response.content
        assert response.headers["Content-Type"] == "application/problem+json"
        assert_lists_placeholders(json.dumps(response.json(), ensure_ascii=False))

    def test_a_known_placeholder_is_taken(self, ask, page):
        response = ask("PATCH", f"pages/{page.pk}/", {"title": "{城市}认证"})
        assert response.status_code == 200, response.content
        page.refresh_from_db()
        assert page.get_latest_revision_as_object().title == "{城市}认证"

    def test_another_field_can_be_changed_while_an_old_text_is_wrong(self, ask, page):
        """The error belonged to a field that the request did not have: the answer was 500."""
        CityPage.objects.update(intro="{城市名}", seo_title="{城市名}")
        response = ask("PATCH", f"pages/{page.pk}/", {"title": "新标题"})
        assert response.status_code == 200, response.content


def test_a_page_of_no_city_is_refused_too(editor):
    article = ArticlePageFactory()
    article.kicker = "{喜报}"
    with pytest.raises(Exception, match="喜报"):
        article.full_clean()
    assert not ArticlePage.objects.filter(kicker="{喜报}").exists()
