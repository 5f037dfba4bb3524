"""A program reads the form, sends it, and gets a receipt or is told which answer is wrong and why."""

import json

import pytest
from django.test import Client
from wagtail.models import Locale

from forms.api import LARGEST_SUBMISSION
from forms.models import Lead
from tests.factories import ArticlePageFactory, FormPageFactory, home_page

pytestmark = pytest.mark.django_db

FORM = "/api/v1/forms/quick-service/"
SUBMISSIONS = f"{FORM}submissions/"


def send(body, *, path=SUBMISSIONS, content_type="application/json", **options):
    if not isinstance(body, str | bytes):
        body = json.dumps(body)
    return Client().post(path, body, content_type=content_type, **options)


def assert_problem(response, status):
    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["Cache-Control"] == "no-store"
    assert not Lead.objects.exists()
    return response.json()


def locations(problem):
    return [".".join(error["loc"]) for error in problem["errors"]]


class TestForm:
    def test_fields_stand_in_order_with_types_and_words(self, form_page):
        fields = Client().get(FORM).json()["fields"]
        assert [(field["key"], field["type"], field["label"]) for field in fields] == [
            ("name", "text", "姓名"),
            ("mobile", "mobile", "手机号码"),
            ("landline", "landline", "公司座机"),
            ("project", "certification_project", "认证项目"),
            ("company", "company", "公司名称"),
        ]
        assert all(field["required"] for field in fields)

    def test_projects_are_the_choices(self, form_page):
        project = Client().get(FORM).json()["fields"][3]
        assert project["choices"] == [
            {
                "value": "iso9001",
                "label": "ISO 9001 质量管理体系认证",
                "group": "管理体系-基础",
            }
        ]

    def test_schema_describes_the_answers(self, form_page):
        schema = Client().get(FORM).json()["answers_schema"]
        assert schema["required"] == [
            "name",
            "mobile",
            "landline",
            "project",
            "company",
        ]
        assert schema["properties"]["project"]["enum"] == ["iso9001"]
        assert schema["properties"]["name"]["maxLength"] == 60
        assert schema["additionalProperties"] is False

    def test_language_is_asked_for(self, form_page):
        english = Locale.objects.create(language_code="en")
        home = home_page().copy_for_translation(english)
        home.save_revision().publish()
        FormPageFactory(parent=home, locale=english, title="Quick service")
        assert Client().get(f"{FORM}?locale=en").json()["title"] == "Quick service"
        assert Client().get(FORM).json()["title"] == "快速办理通道"
        accepting = Client().get(FORM, headers={"accept-language": "en"})
        assert accepting.json()["title"] == "快速办理通道"

    def test_form_is_a_page_among_the_others(self, form_page):
        page = Client().get(f"/api/v1/pages/{form_page.pk}/").json()
        assert page["type"] == "forms.FormPage"
        assert page["fields"] == Client().get(FORM).json()["fields"]

    def test_number_of_queries_does_not_grow_with_the_form(
        self, form_page, django_assert_num_queries
    ):
        Client().get(FORM)
        # Site, locale, root page, the form that nobody is kept from; the settings, for the privacy notice;
        # its ancestors, its translations; the projects.
        with django_assert_num_queries(8):
            Client().get(FORM)

    @pytest.mark.parametrize("slug", ["none", "nope%00", "姓名", "a" * 300])
    def test_unknown_form_is_a_problem(self, form_page, slug):
        response = Client().get(f"/api/v1/forms/{slug}/")
        assert response.status_code in (404, 422)
        assert response.headers["Content-Type"] == "application/problem+json"

    def test_unpublished_form_is_not_found(self, form_page):
        form_page.unpublish()
        assert Client().get(FORM).status_code == 404


class TestSubmission:
    def test_receipt_and_thanks_are_given(self, form_page, answers):
        response = send({"answers": answers})
        assert response.status_code == 201
        assert response.headers["Cache-Control"] == "no-store"
        assert not response.cookies
        assert response.json() == {
            "receipt": Lead.objects.get().receipt,
            "thanks": {
                "title": form_page.thanks_title,
                "text": form_page.thanks_text,
            },
        }

    def test_lead_is_the_same_as_from_the_page(self, form_page, answers):
        send({"answers": answers})
        lead = Lead.objects.get()
        assert lead.source == Lead.Source.API
        assert lead.mobile == "+8613800138000"
        assert [answer["key"] for answer in lead.answers] == list(answers)

    def test_where_it_comes_from_is_kept(self, form_page, answers, chengdu):
        article = ArticlePageFactory()
        send(
            {
                "answers": answers,
                "page": article.pk,
                "city": "chengdu",
                "page_url": "https://www.example.com/a/?utm_source=baidu#top",
                "referrer": "https://www.baidu.com/",
            }
        )
        lead = Lead.objects.get()
        assert lead.first_touch.page.specific == article
        assert lead.city == chengdu
        assert (
            lead.first_touch.page_url == "https://www.example.com/a/?utm_source=baidu"
        )
        assert lead.first_touch.referrer == "https://www.baidu.com/"
        assert lead.first_touch.utm_source == "baidu"

    def test_named_campaign_goes_before_that_of_the_address(self, form_page, answers):
        send(
            {
                "answers": answers,
                "page_url": "https://www.example.com/?utm_source=baidu",
                "utm": {"source": "wechat", "medium": "x" * 200},
            }
        )
        lead = Lead.objects.get()
        assert (lead.first_touch.utm_source, lead.first_touch.utm_medium) == (
            "wechat",
            "x" * 100,
        )

    def test_wrong_answer_is_named_in_the_language_of_the_form(
        self, form_page, answers
    ):
        problem = assert_problem(send({"answers": {**answers, "mobile": "1"}}), 422)
        assert locations(problem) == ["body.answers.mobile"]

    def test_every_missing_answer_is_named(self, form_page):
        problem = assert_problem(send({"answers": {}}), 422)
        assert locations(problem) == [
            f"body.answers.{key}"
            for key in ("name", "mobile", "landline", "project", "company")
        ]

    def test_unknown_field_is_named(self, form_page, answers):
        problem = assert_problem(send({"answers": {**answers, "wechat": "x"}}), 422)
        assert locations(problem) == ["body.answers.wechat"]
        assert problem["errors"][0]["type"] == "unknown_field"

    def test_retired_field_is_no_unknown_one(self, form_page, answers):
        del form_page.fields[2]
        form_page.save_revision().publish()
        assert send({"answers": answers}).status_code == 201
        assert Lead.objects.get().answers[-1]["retired"]

    @pytest.mark.parametrize(
        "value", [1, 1.5, True, [], {}, ["x"], {"a": "b"}], ids=str
    )
    def test_wrong_type_is_named(self, form_page, answers, value):
        problem = assert_problem(send({"answers": {**answers, "name": value}}), 422)
        assert locations(problem) == ["body.answers.name"]
        assert problem["errors"][0]["type"] == "type"

    @pytest.mark.parametrize("value", [[], {"a": "b"}, 1], ids=str)
    def test_wrong_type_of_a_retired_field_is_named(self, form_page, answers, value):
        del form_page.fields[0]
        form_page.save_revision().publish()
        problem = assert_problem(send({"answers": {**answers, "name": value}}), 422)
        assert locations(problem) == ["body.answers.name"]

    @pytest.mark.parametrize("text", ["张\x00三", "张\ud800三"], ids=ascii)
    @pytest.mark.parametrize("key", ["name", "project", "mobile"])
    def test_characters_that_are_no_text_are_named(self, form_page, answers, key, text):
        problem = assert_problem(send({"answers": {**answers, key: text}}), 422)
        assert locations(problem) == [f"body.answers.{key}"]

    def test_key_that_is_no_text_is_answered(self, form_page, answers):
        problem = assert_problem(send({"answers": {**answers, "\ud800": "x"}}), 422)
        assert locations(problem) == ["body.answers.?"]

    @pytest.mark.parametrize(
        "body",
        [
            " ",
            "{",
            "[]",
            "null",
            "1",
            "[" * 30_000,
            "1" * 6000,
            b"\xff\xfe",
            {},
            {"answers": None},
            {"answers": []},
            {"answers": {}, "bogus": 1},
            {"answers": {}, "page": "x"},
            {"answers": {}, "page": 10**30},
            {"answers": {}, "city": 1},
            {"answers": {}, "page_url": "\ud800"},
            {"answers": {}, "utm": {"bogus": "x"}},
        ],
        ids=lambda body: str(body)[:30],
    )
    def test_broken_body_is_a_problem(self, form_page, body):
        response = send(body)
        assert_problem(response, 400 if response.status_code == 400 else 422)

    def test_too_long_a_body_is_a_problem(self, form_page, answers):
        long = {**answers, "name": "x" * LARGEST_SUBMISSION}
        assert_problem(send({"answers": long}), 413)

    @pytest.mark.parametrize(
        "content_type", ["text/plain", "application/x-www-form-urlencoded"]
    )
    def test_other_content_types_are_refused(self, form_page, answers, content_type):
        response = send({"answers": answers}, content_type=content_type)
        assert_problem(response, 415)

    def test_unknown_parameter_is_refused(self, form_page, answers):
        response = send({"answers": answers}, path=f"{SUBMISSIONS}?bogus=1")
        assert_problem(response, 422)

    def test_unpublished_form_takes_nothing(self, form_page, answers):
        form_page.unpublish()
        assert_problem(send({"answers": answers}), 404)

    def test_reading_submissions_is_not_possible(self, form_page):
        assert Client().get(SUBMISSIONS).status_code == 405
