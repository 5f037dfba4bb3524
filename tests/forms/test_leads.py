"""What a lead keeps: answers in the words of the day, and its own copy of all that may be deleted later."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError

from forms.context import LeadContext, build_context
from forms.leads import capture_lead
from forms.models import Lead
from forms.receipts import PATTERN, new_receipt
from tests.factories import ArticlePageFactory, CityFactory, FormPageFactory
from tests.forms.factories import LeadFactory, TouchFactory

pytestmark = pytest.mark.django_db

HTML = LeadContext(source=Lead.Source.HTML)


def test_answers_keep_question_and_words(form_page, answers):
    lead = capture_lead(
        form_page, {**answers, "landline": "０２８－８５５５０１００转８０１２"}, HTML
    ).lead
    assert lead.answers[2] == {
        "key": "landline",
        "label": "公司座机",
        "type": "landline",
        "value": "０２８－８５５５０１００转８０１２",
        "display": "028-85550100-8012",
    }
    assert (lead.landline, lead.landline_extension) == ("+862885550100", "8012")
    assert lead.landline_display == "028-85550100-8012"


def test_answers_stay_when_the_question_changes(form_page, answers):
    lead = capture_lead(form_page, answers, HTML).lead
    form_page.fields[0].value["label"] = "您的称呼"
    form_page.save_revision().publish()
    lead.refresh_from_db()
    assert lead.answers[0]["label"] == "姓名"


def test_lead_outlives_everything_it_points_at(form_page, answers, project, chengdu):
    article = ArticlePageFactory()
    context = LeadContext(source=Lead.Source.HTML, page=article, city=chengdu)
    lead = capture_lead(form_page, answers, context).lead
    for thing in (article, chengdu, project, form_page):
        thing.delete()
    lead.refresh_from_db()
    assert (lead.city, lead.project, lead.form) == (None, None, None)
    touch = lead.first_touch
    assert (touch.page, touch.city, touch.form) == (None, None, None)
    assert lead.project_name == "ISO 9001 质量管理体系认证"
    assert (lead.form_title, lead.form_slug) == ("快速办理通道", "quick-service")


def test_answered_city_goes_before_that_of_the_page(answers, chengdu):
    form_page = FormPageFactory(
        fields=[
            ("landline", {"key": "landline", "label": "座机"}),
            ("city", {"key": "city", "label": "城市"}),
        ]
    )
    CityFactory(slug="chongqing", area_code="023")
    context = LeadContext(source=Lead.Source.API, city=chengdu)
    data = {"landline": "63221100", "city": "chongqing"}
    lead = capture_lead(form_page, data, context).lead
    assert lead.city.slug == "chongqing"
    assert lead.landline == "+862363221100"


def test_second_number_is_kept_in_the_answers():
    form_page = FormPageFactory(
        fields=[("mobile", {"key": "other_mobile", "label": "备用手机"})]
    )
    lead = capture_lead(form_page, {"other_mobile": "13800138000"}, HTML).lead
    assert lead.mobile == ""
    assert lead.answers[0]["display"] == "138 0013 8000"


def test_refusal_names_each_key(form_page):
    with pytest.raises(ValidationError) as caught:
        capture_lead(form_page, {"name": "张三"}, HTML)
    assert list(caught.value.message_dict) == [
        "mobile",
        "landline",
        "project",
        "company",
    ]
    assert not Lead.objects.exists()


def test_refused_data_is_not_in_the_message(form_page, answers):
    with pytest.raises(ValidationError) as caught:
        capture_lead(form_page, {**answers, "name": "王" * 61}, HTML)
    assert "王" not in str(caught.value)


def test_receipt_is_short_and_unlike_the_last():
    receipts = {new_receipt() for _ in range(1000)}
    assert len(receipts) == 1000
    assert all(re.fullmatch(PATTERN, receipt) for receipt in receipts)


def test_nothing_is_logged_of_a_person(form_page, answers, caplog):
    with caplog.at_level("DEBUG"):
        capture_lead(form_page, answers, HTML)
    quiet = [record for record in caplog.records if record.name != "django.db.backends"]
    text = "\n".join(record.getMessage() for record in quiet)
    for secret in ("张三", "13800138000", "85550100", "蓉城"):
        assert secret not in text


def test_name_of_a_lead_in_logs_is_its_receipt():
    lead = LeadFactory()
    assert str(lead) == lead.receipt


class TestSearch:
    @pytest.fixture(autouse=True)
    def lead(self):
        other = LeadFactory(name="李四", mobile="+8613900139000", company="别家")
        return LeadFactory(form=other.form, landline="+862885550100")

    @pytest.mark.parametrize(
        "words",
        [
            "张三",
            "精密机械",
            "13800138000",
            "138 0013 8000",
            "+86 138-0013-8000",
            "8613800138000",
            "028-85550100",
        ],
    )
    def test_lead_is_found_however_its_number_is_written(self, lead, words):
        assert list(Lead.objects.search(words)) == [lead]

    def test_receipt_is_found(self, lead):
        assert list(Lead.objects.search(lead.receipt.lower())) == [lead]

    def test_receipt_of_a_later_touch_is_found(self, lead):
        touch = TouchFactory(lead=lead)
        assert list(Lead.objects.search(touch.receipt.lower())) == [lead]

    def test_receipt_with_digits_finds_no_phone_that_has_them(self, lead):
        """NZTJU-9TYHZ once found everybody with a 9 in the number."""
        Lead.objects.filter(pk=lead.pk).update(receipt="NZTJU-9TYHZ")
        assert list(Lead.objects.search("NZTJU-9TYHZ")) == [lead]

    @pytest.mark.parametrize("words", ["王五", "张", "8000", "138 0013"])
    def test_other_words_find_nothing(self, words):
        """Names and numbers are found whole or not at all: parts of them are nowhere in the database."""
        assert not Lead.objects.search(words).exists()


class TestContext:
    def test_address_is_kept_without_its_fragment(self):
        context = build_context(Lead.Source.API, page_url="https://a.cn/?q=1#top")
        assert context.page_url == "https://a.cn/?q=1"

    @pytest.mark.parametrize(
        "address", ["javascript:alert(1)", "ftp://a.cn/", "//a.cn", "a\x00b"]
    )
    def test_what_is_no_web_address_is_left_out(self, address):
        context = build_context(Lead.Source.API, page_url=address, referrer=address)
        assert (context.page_url, context.referrer) == ("", "")

    def test_long_values_are_cut(self):
        address = f"https://a.cn/?utm_source={'x' * 500}&y={'y' * 2000}"
        context = build_context(Lead.Source.API, page_url=address)
        assert len(context.page_url) == 1000
        assert context.utm["source"] == "x" * 100

    @pytest.mark.parametrize("slug", ["none", "成都", "a" * 99, "chengdu\x00"])
    def test_unknown_city_is_left_out(self, slug):
        assert build_context(Lead.Source.API, city_slug=slug).city is None


def test_lead_that_cannot_be_written_is_no_success(form_page, answers, monkeypatch):
    def fail(*_arguments, **_options):
        raise DatabaseError

    monkeypatch.setattr(Lead.objects.__class__, "create", fail)
    with pytest.raises(DatabaseError):
        capture_lead(form_page, answers, HTML)
