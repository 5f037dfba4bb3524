"""What visitors agree to: never for them, advertising never by force, and kept as they read it."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db.models import Max
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Site

from cms.core.models import SiteSettings
from forms import consents
from forms.blocks import FormFieldsBlock
from forms.consents import record_text
from forms.context import LeadContext
from forms.leads import capture_lead
from forms.models import Consent, ConsentText, Lead
from tests.factories import FormPageFactory, home_page
from tests.forms.test_api import FORM, assert_problem, locations, send
from tests.forms.test_lead_admin import LEADS, client_with

pytestmark = pytest.mark.django_db

API = LeadContext(source=Lead.Source.API)
NAME = ("text", {"key": "name", "label": "姓名"})
ENQUIRY = ("consent", {"key": "consent", "label": "我同意"})
NEWS = {"key": "news", "label": "同意接收活动通知", "purpose": "marketing"}
MARKETING = ("consent", {**NEWS, "required": False})


@pytest.fixture
def form_page():
    return FormPageFactory(fields=[NAME, ENQUIRY, MARKETING])


def capture(form_page, **answers):
    return capture_lead(form_page, {"name": "张三", "consent": True, **answers}, API)


def republish(form_page, label):
    form_page.fields[1].value["label"] = label
    form_page.save_revision().publish()


def digests():
    return {
        field["key"]: field["consent"] and field["consent"]["digest"]
        for field in Client().get(FORM).json()["fields"]
    }


class TestEditor:
    def clean(self, **value):
        fields = FormFieldsBlock()
        return fields.clean(fields.normalize([("consent", {**NEWS, **value})]))

    def test_nobody_can_be_made_to_agree_to_advertising(self):
        with pytest.raises(ValidationError) as caught:
            self.clean(required=True)
        (error,) = caught.value.block_errors.values()
        assert "required" in error.block_errors

    def test_advertising_has_a_box_of_its_own(self):
        assert self.clean(required=False)

    def test_consent_has_no_default_to_tick_it_with(self):
        block = FormFieldsBlock().child_blocks["consent"]
        assert "default" not in block.child_blocks


class TestKept:
    def test_lead_keeps_what_was_agreed_to_and_what_was_not(self, form_page):
        consents = capture(form_page).consents.order_by("text__key")
        assert [
            (each.text.key, each.text.purpose, each.is_given) for each in consents
        ] == [("consent", "enquiry", True), ("news", "marketing", False)]
        text = consents[0].text
        assert (text.sentence, text.language, text.version) == ("我同意", "zh-hans", 1)
        assert form_page.privacy_purpose in text.notice
        assert consents[0].given_at

    def test_same_text_is_one_version(self, form_page):
        capture(form_page)
        capture(form_page, name="李四")
        assert ConsentText.objects.count() == 2
        assert Consent.objects.count() == 4

    def test_another_sentence_is_another_version(self, form_page):
        capture(form_page)
        republish(form_page, "我已阅读并同意")
        capture(form_page, name="李四")
        versions = ConsentText.objects.filter(key="consent").order_by("version")
        assert [(each.version, each.sentence) for each in versions] == [
            (1, "我同意"),
            (2, "我已阅读并同意"),
        ]

    def test_another_notice_is_another_version(self, form_page):
        capture(form_page)
        form_page.retention_days = 30
        form_page.save()
        capture(form_page, name="李四")
        assert ConsentText.objects.filter(key="consent").count() == 2

    def test_texts_are_kept_from_the_moment_they_are_published(self, form_page):
        form_page.save_revision().publish()
        assert ConsentText.objects.count() == 2

    def test_texts_that_name_the_organisation_are_kept_when_it_changes(self, form_page):
        settings = SiteSettings.for_site(Site.objects.get())
        settings.legal_name = "新名称有限公司"
        settings.save()
        newest = ConsentText.objects.order_by("version").last()
        assert "新名称有限公司" in newest.notice

    def test_tick_names_the_text_that_was_shown(self, form_page):
        """An editor publishes another text while a visitor is still typing."""
        form_page.save_revision().publish()
        shown = digests()["consent"]
        republish(form_page, "我同意，并同意其他事项")
        response = send({"answers": {"name": "张三", "consent": shown}})
        assert response.status_code == 201
        assert Consent.objects.get(text__key="consent").text.sentence == "我同意"

    def test_tick_without_a_digest_means_the_text_as_it_reads_now(self, form_page):
        form_page.save_revision().publish()
        republish(form_page, "新文本")
        capture(form_page)
        assert Consent.objects.get(text__key="consent").text.sentence == "新文本"

    def test_unknown_digest_means_the_text_as_it_reads_now(self, form_page):
        capture(form_page, consent="0" * 64)
        assert Consent.objects.get(text__key="consent").text.sentence == "我同意"

    def test_digest_of_another_form_is_unknown_here(self, form_page):
        other = FormPageFactory(
            slug="other", fields=[("consent", {**ENQUIRY[1], "label": "别处"})]
        )
        foreign = record_text(other, other.get_fields()[0])
        capture(form_page, consent=foreign.digest)
        assert Consent.objects.get(text__key="consent").text.form == form_page

    def test_late_tick_for_a_removed_consent_is_kept_with_its_text(self, form_page):
        form_page.save_revision().publish()
        shown = digests()["news"]
        del form_page.fields[2]
        form_page.save_revision().publish()
        form_page.refresh_from_db()
        capture(form_page, news=shown)
        assert Consent.objects.get(text__key="news").text.sentence == NEWS["label"]

    def test_text_is_kept_in_the_language_of_the_form(self):
        english = Locale.objects.create(language_code="en")
        home = home_page().copy_for_translation(english)
        fields = [("consent", {"key": "consent", "label": "I agree"})]
        form_page = FormPageFactory(parent=home, locale=english, fields=fields)
        text = capture_lead(form_page, {"consent": True}, API).consents.get().text
        assert (text.language, text.sentence) == ("en", "I agree")
        assert "Who is responsible" in text.notice

    def test_text_outlives_the_form(self, form_page):
        capture(form_page)
        form_page.delete()
        assert ConsentText.objects.filter(sentence="我同意", form=None).exists()

    def test_repeat_of_a_submission_is_no_second_consent(self, form_page):
        capture(form_page)
        capture(form_page)
        assert Consent.objects.count() == 2

    def test_consents_stand_on_the_page_of_the_lead(self, form_page):
        lead = capture(form_page).lead
        page = client_with("view_lead").get(f"{LEADS}inspect/{lead.pk}/")
        assert "consent v1" in page.content.decode()
        assert NEWS["label"] in page.content.decode()


class TestPage:
    def inputs(self, form_page):
        soup = BeautifulSoup(Client().get(form_page.url).content, "html.parser")
        return {each["name"]: each for each in soup.select("[type=checkbox]")}

    def test_no_box_is_ticked_and_each_carries_its_digest(self, form_page):
        boxes = self.inputs(form_page)
        assert not any("checked" in box.attrs for box in boxes.values())
        known = {key: digest for key, digest in digests().items() if digest}
        assert {key: box["value"] for key, box in boxes.items()} == known

    def test_tick_of_a_browser_names_the_text(self, form_page):
        form_page.save_revision().publish()
        shown = self.inputs(form_page)["consent"]["value"]
        republish(form_page, "另一文本")
        path = reverse("forms:submit", args=[form_page.pk])
        assert (
            Client().post(path, {"name": "张三", "consent": shown}).status_code == 303
        )
        assert Consent.objects.get(text__key="consent").text.sentence == "我同意"

    def test_tick_stays_when_the_form_comes_back_with_errors(self, form_page):
        path = reverse("forms:submit", args=[form_page.pk])
        response = Client().post(path, {"consent": "on"})
        soup = BeautifulSoup(response.content, "html.parser")
        box = soup.select_one("[name=consent]")
        assert "checked" in box.attrs
        assert box["value"] == digests()["consent"]


class TestApi:
    def test_purpose_and_digest_are_told(self, form_page):
        form_page.save_revision().publish()
        name, consent, news = Client().get(FORM).json()["fields"]
        assert name["consent"] is None
        assert consent["consent"]["purpose"] == "enquiry"
        assert news["consent"]["purpose"] == "marketing"
        stored = ConsentText.objects.get(key="news")
        assert news["consent"]["digest"] == stored.digest

    def test_schema_takes_true_or_a_digest(self, form_page):
        schema = Client().get(FORM).json()["answers_schema"]["properties"]
        assert schema["consent"]["type"] == ["boolean", "string"]
        assert schema["consent"]["not"] == {"const": False}
        assert schema["news"]["type"] == ["boolean", "string", "null"]
        assert schema["news"]["pattern"] == "^[0-9a-f]{64}$"

    @pytest.mark.parametrize("value", ["yes", "true", "0" * 63, 1, []], ids=str)
    def test_anything_else_is_refused(self, form_page, value):
        answers = {"name": "张三", "consent": value}
        problem = assert_problem(send({"answers": answers}), 422)
        assert locations(problem) == ["body.answers.consent"]

    def test_required_consent_must_be_given(self, form_page):
        answers = {"name": "张三", "consent": False}
        assert_problem(send({"answers": answers}), 422)


def test_two_visitors_at_once_make_one_version(monkeypatch):
    """Both find the text missing, both want to write it: the other is faster."""
    form_page = FormPageFactory(fields=[ENQUIRY])
    field = form_page.get_fields()[0]
    others = []

    def let_the_other_write(column):
        monkeypatch.undo()
        others.append(record_text(form_page, field))
        return Max(column)

    monkeypatch.setattr(consents, "Max", let_the_other_write)
    assert record_text(form_page, field) == others[0]
    assert ConsentText.objects.get().version == 1
