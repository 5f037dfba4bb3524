"""A field that is shown only if an earlier one was answered so: for editors, visitors, programs and the server."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from forms.blocks import FormFieldsBlock
from forms.context import LeadContext
from forms.leads import capture_lead
from forms.models import Lead
from tests.factories import CertificationProjectFactory, FormPageFactory

pytestmark = pytest.mark.django_db

API = LeadContext(source=Lead.Source.API)
FIELDS = FormFieldsBlock()
STAGE = (
    "choice",
    {
        "key": "stage",
        "label": "办理类型",
        "choices": [
            {"value": "first", "label": "初次认证"},
            {"value": "transfer", "label": "更换机构"},
        ],
    },
)
NAME = ("text", {"key": "name", "label": "姓名"})


def waiting(key="old_body", *, field="stage", values=("transfer",), **options):
    shown_when = {"field": field, "values": list(values)}
    value = {"key": key, "label": "原认证机构", "shown_when": shown_when, **options}
    return ("text", value)


def chained():
    """A question that waits for one that waits itself."""
    reason = {
        "key": "reason",
        "label": "原因",
        "choices": [{"value": "price", "label": "价格"}],
        "shown_when": {"field": "stage", "values": ["transfer"]},
    }
    detail = waiting("detail", field="reason", values=["price"])
    return [STAGE, ("choice", reason), detail]


@pytest.fixture
def form_page():
    return FormPageFactory(fields=[NAME, STAGE, waiting()])


def sent(form_page, **answers):
    lead = capture_lead(form_page, answers, API).lead
    return {answer["key"]: answer["value"] for answer in lead.answers}


class TestServer:
    def test_hidden_field_is_not_required(self, form_page):
        assert sent(form_page, name="张三", stage="first") == {
            "name": "张三",
            "stage": "first",
        }

    def test_answer_to_a_hidden_field_is_not_stored(self, form_page):
        answers = sent(form_page, name="张三", stage="first", old_body="某机构")
        assert "old_body" not in answers
        assert "某机构" not in str(Lead.objects.get().answers)

    def test_wrong_answer_to_a_hidden_field_is_no_error(self, form_page):
        assert sent(form_page, name="张三", stage="first", old_body="长" * 999)

    def test_shown_field_is_required(self, form_page):
        with pytest.raises(ValidationError) as caught:
            sent(form_page, name="张三", stage="transfer")
        assert list(caught.value.message_dict) == ["old_body"]

    def test_shown_field_is_stored(self, form_page):
        answers = sent(form_page, name="张三", stage="transfer", old_body="某机构")
        assert answers["old_body"] == "某机构"

    def test_field_that_waits_for_a_hidden_one_is_hidden(self):
        form_page = FormPageFactory(fields=chained())
        answers = sent(form_page, stage="first", reason="price", detail="太贵")
        assert answers == {"stage": "first"}
        with pytest.raises(ValidationError, match="原认证机构"):
            sent(form_page, stage="transfer", reason="price")

    def test_hidden_project_fills_no_column(self, project):
        waits = {"key": "project", "label": "认证项目"}
        waits["shown_when"] = {"field": "stage", "values": ["transfer"]}
        form_page = FormPageFactory(fields=[STAGE, ("certification_project", waits)])
        sent(form_page, stage="first", project=project.slug)
        assert Lead.objects.get().project is None

    def test_tick_that_was_not_asked_for_is_no_consent(self):
        consent = {"key": "consent", "label": "我同意"}
        consent["shown_when"] = {"field": "stage", "values": ["transfer"]}
        form_page = FormPageFactory(fields=[STAGE, ("consent", consent)])
        touch = capture_lead(form_page, {"stage": "first", "consent": True}, API)
        assert not touch.consents.exists()

    def test_form_of_a_browser_is_held_to_it_too(self, form_page):
        path = reverse("forms:submit", args=[form_page.pk])
        data = {"name": "张三", "stage": "transfer", "old_body": ""}
        assert Client().post(path, data).status_code == 422
        assert Client().post(path, {**data, "stage": "first"}).status_code == 303


class TestEditor:
    def errors(self, *fields, of="field"):
        with pytest.raises(ValidationError) as caught:
            FIELDS.clean(FIELDS.normalize(list(fields)))
        (error,) = caught.value.block_errors.values()
        error = error.block_errors["shown_when"].block_errors[of]
        return " ".join(error.messages)

    def test_condition_on_an_earlier_choice_is_valid(self):
        assert FIELDS.clean(FIELDS.normalize([STAGE, waiting()]))

    def test_empty_condition_means_always(self):
        assert FIELDS.clean(FIELDS.normalize([waiting(field="", values=[])]))

    def test_unknown_field_is_refused(self):
        assert "“stage”" in self.errors(waiting())

    def test_later_field_is_refused_so_that_none_waits_in_a_circle(self):
        assert "“stage”" in self.errors(waiting(), STAGE)

    def test_field_cannot_wait_for_itself(self):
        key, value = STAGE
        shown_when = {"field": "stage", "values": ["first"]}
        assert self.errors((key, {**value, "shown_when": shown_when}))

    def test_field_without_choices_is_refused(self):
        assert "“name”" in self.errors(NAME, waiting(field="name"))

    def test_value_that_is_no_choice_is_refused_with_those_that_are(self):
        message = self.errors(STAGE, waiting(values=["renewal"]), of="values")
        assert "“renewal”" in message
        assert "first, transfer" in message

    def test_projects_and_cities_are_values(self, project, chengdu):
        fields = [
            ("certification_project", {"key": "project", "label": "项目"}),
            ("city", {"key": "city", "label": "城市"}),
            waiting("a", field="project", values=["iso9001"]),
            waiting("b", field="city", values=["chengdu"]),
        ]
        assert FIELDS.clean(FIELDS.normalize(fields))
        assert "iso9001" in self.errors(
            fields[0], waiting(field="project", values=["iso9002"]), of="values"
        )

    @pytest.mark.parametrize(
        ("field", "values", "of"),
        [("stage", [], "values"), ("", ["first"], "field")],
    )
    def test_half_a_condition_is_refused(self, field, values, of):
        assert self.errors(STAGE, waiting(field=field, values=values), of=of)


class TestPage:
    def test_without_scripts_every_field_is_shown_and_says_when_it_is_wanted(
        self, form_page
    ):
        soup = BeautifulSoup(Client().get(form_page.url).content, "html.parser")
        field = soup.select_one(".field[data-key=old_body]")
        note = field.select_one(".field__condition")
        assert "办理类型" in note.text
        assert "更换机构" in note.text
        assert note["id"] in field.input["aria-describedby"]
        assert "hidden" not in field.attrs
        assert (field["data-shown-when"], field["data-shown-values"]) == (
            "stage",
            "transfer",
        )

    def test_browser_does_not_insist_on_it(self, form_page):
        soup = BeautifulSoup(Client().get(form_page.url).content, "html.parser")
        assert "required" not in soup.select_one("[name=old_body]").attrs
        assert "required" in soup.select_one("[name=name]").attrs


class TestApi:
    def get(self):
        return Client().get("/api/v1/forms/quick-service/").json()

    def test_condition_is_told(self, form_page):
        fields = self.get()["fields"]
        assert [field["shown_when"] for field in fields] == [
            None,
            None,
            {"key": "stage", "values": ["transfer"]},
        ]

    def test_schema_requires_it_only_where_it_is_shown(self, form_page):
        schema = self.get()["answers_schema"]
        assert schema["required"] == ["name", "stage"]
        assert "null" in schema["properties"]["old_body"]["type"]
        (rule,) = schema["allOf"]
        assert rule["if"] == {
            "properties": {"stage": {"enum": ["transfer"]}},
            "required": ["stage"],
        }
        assert rule["then"]["required"] == ["old_body"]
        assert rule["then"]["properties"]["old_body"]["minLength"] == 1

    def test_schema_knows_what_a_waiting_field_waits_for(self):
        FormPageFactory(fields=chained())
        rule = self.get()["answers_schema"]["allOf"][1]
        assert rule["if"]["properties"] == {
            "reason": {"enum": ["price"]},
            "stage": {"enum": ["transfer"]},
        }

    def test_optional_field_needs_no_rule(self):
        FormPageFactory(fields=[STAGE, waiting(required=False)])
        assert "allOf" not in self.get()["answers_schema"]


class TestDefaults:
    def html(self, *fields):
        form_page = FormPageFactory(fields=list(fields))
        return BeautifulSoup(form_page.get_form().as_p(), "html.parser")

    def test_text_stands_in_the_field(self):
        soup = self.html(("text", {"key": "a", "label": "x", "default": "四川"}))
        assert soup.input["value"] == "四川"

    def test_choice_is_chosen(self):
        key, value = STAGE
        soup = self.html((key, {**value, "default": "transfer"}))
        assert soup.select_one("option[selected]")["value"] == "transfer"

    def test_project_is_chosen(self, project):
        value = {"key": "project", "label": "项目", "default": "iso9001"}
        soup = self.html(("certification_project", value))
        assert soup.select_one("option[selected]")["value"] == "iso9001"

    def test_what_a_program_leaves_out_is_not_filled_in(self):
        value = {"key": "a", "label": "x", "default": "四川", "required": False}
        form_page = FormPageFactory(fields=[NAME, ("text", value)])
        assert sent(form_page, name="张三")["a"] == ""

    def test_api_and_schema_name_it(self):
        key, value = STAGE
        FormPageFactory(fields=[(key, {**value, "default": "first"})])
        form = Client().get("/api/v1/forms/quick-service/").json()
        assert form["fields"][0]["default"] == "first"
        assert form["answers_schema"]["properties"]["stage"]["default"] == "first"

    @pytest.mark.parametrize(
        "field",
        [
            (STAGE[0], {**STAGE[1], "default": "renewal"}),
            ("text", {"key": "a", "label": "x", "max_length": 2, "default": "abc"}),
            (
                "certification_project",
                {"key": "project", "label": "x", "default": "b", "offered": ["a"]},
            ),
        ],
        ids=["choice", "text", "project"],
    )
    def test_default_that_could_not_be_sent_is_refused(self, field):
        CertificationProjectFactory(slug="a")
        CertificationProjectFactory(slug="b")
        with pytest.raises(ValidationError) as caught:
            FIELDS.clean(FIELDS.normalize([field]))
        (error,) = caught.value.block_errors.values()
        assert "default" in error.block_errors


class TestOfferedProjects:
    @pytest.fixture
    def form_page(self):
        for slug in ("a", "b", "c"):
            CertificationProjectFactory(slug=slug)
        value = {"key": "project", "label": "项目", "offered": ["a", "c"]}
        return FormPageFactory(fields=[("certification_project", value)])

    def test_only_the_chosen_ones_are_offered(self, form_page):
        form = Client().get("/api/v1/forms/quick-service/").json()
        offered = [choice["value"] for choice in form["fields"][0]["choices"]]
        assert offered == ["a", "c"]
        assert form["answers_schema"]["properties"]["project"]["enum"] == ["a", "c"]

    def test_others_are_refused(self, form_page):
        assert sent(form_page, project="c")
        with pytest.raises(ValidationError):
            sent(form_page, project="b")

    def test_project_that_is_switched_off_leaves_the_form_valid(self, form_page):
        type(CertificationProjectFactory(slug="d")).objects.update(active=False)
        form_page.full_clean()

    def test_reading_a_form_looks_up_no_projects(
        self, form_page, django_assert_num_queries
    ):
        form_page.refresh_from_db()
        with django_assert_num_queries(0):
            assert form_page.get_keys() == ["project"]
