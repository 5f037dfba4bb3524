"""A person asks for what is kept of them, and it is answered: by whom, when, and with proof. (PIPL, 44–47)"""

import csv
import json
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.outbox.models import Channel, Message
from cms.users.models import User
from forms.context import LeadContext
from forms.desk.statuses import add_note
from forms.leads import capture_lead
from forms.models import Consent, DataRequest, Lead, PersonalDataRead
from tests.factories import CityFactory, UserFactory
from tests.forms.privacy.test_erasure import TRACES, everything
from tests.forms.test_lead_admin import client_with

pytestmark = pytest.mark.django_db

ASK = "/forms/data-requests/"
QUEUE = "/admin/data_requests/"
CHECKED = {"is_checked": "on"}


@pytest.fixture
def form_page(form_page):
    form_page.fields.append(
        (
            "consent",
            {
                "key": "news",
                "label": "同意接收活动通知",
                "purpose": "marketing",
                "required": False,
            },
        )
    )
    form_page.duplicate_window = 0
    form_page.save()
    return form_page


@pytest.fixture
def touch(form_page, answers):
    return capture_lead(
        form_page, {**answers, "news": "on"}, LeadContext(Lead.Source.HTML)
    )


@pytest.fixture
def officer():
    return client_with("view_datarequest", "change_datarequest")


def ask(receipt, phone="138 0013 8000", kind="copy", **data):
    return Client().post(
        ASK, {"receipt": receipt, "phone": phone, "kind": kind, **data}
    )


def asked(*args, **kwargs):
    response = ask(*args, **kwargs)
    assert response.status_code == 303, response.content.decode()
    return DataRequest.objects.first()


def act(client, request, action, **data):
    return client.post(f"{QUEUE}{action}/{request.pk}/", data)


def state_page(request):
    response = Client().get(f"{ASK}{request.number}/")
    assert response.status_code == 200
    return response


class TestAsking:
    def test_form_is_reached_from_the_notice_below_every_form(self, form_page):
        page = Client().get(form_page.get_url()).content.decode()
        assert f'href="{ASK}"' in page

    def test_request_is_stored_and_its_page_says_until_when(self, touch):
        request = asked(touch.receipt)
        assert (request.lead, request.state) == (touch.lead, "open")
        assert request.due_on == timezone.localdate() + timedelta(days=30)
        assert "已收到您的请求" in state_page(request).content.decode()

    @pytest.mark.parametrize(
        "typed",
        [str.lower, lambda text: text.replace("-", ""), lambda text: f" {text} "],
    )
    def test_receipt_is_read_as_people_write_it(self, touch, typed):
        assert asked(typed(touch.receipt)).receipt == touch.receipt

    @pytest.mark.parametrize(
        "phone", ["13800138000", "+86 138-0013-8000", "028-85550100"]
    )
    def test_any_of_the_numbers_will_do(self, touch, phone):
        assert asked(touch.receipt, phone).covers_number == (phone != "028-85550100")

    @pytest.mark.parametrize(
        ("receipt", "phone"),
        [("", "13800138001"), ("", "nonsense"), ("ABCDE-23456", "13800138000")],
    )
    def test_wrong_number_and_wrong_receipt_get_one_answer(self, touch, receipt, phone):
        response = ask(receipt or touch.receipt, phone)
        assert response.status_code == 422
        assert "未找到与此回执编号和号码相符的信息" in response.content.decode()
        assert not DataRequest.objects.exists()

    def test_what_was_typed_comes_back(self, touch):
        page = ask(touch.receipt, "13800138001", message="公司改名了").content.decode()
        assert touch.receipt in page
        assert "公司改名了" in page

    def test_asking_twice_is_one_request(self, touch):
        assert asked(touch.receipt).pk == asked(touch.receipt).pk

    def test_saying_something_else_is_another_request(self, touch):
        first = asked(touch.receipt, kind="correction", message="公司改名了")
        second = asked(touch.receipt, kind="correction", message="电话改了")
        assert {first.message, second.message} == {"公司改名了", "电话改了"}

    def test_number_cannot_be_guessed(self, touch):
        guesses = [ask(touch.receipt, f"138001380{n:02}") for n in range(1, 12)]
        assert [guess.status_code for guess in guesses] == [422] * 10 + [429]
        assert guesses[-1]["Retry-After"] == "3600"
        assert ask(touch.receipt).status_code == 429

    def test_other_sites_cannot_send_it(self, touch):
        headers = {"Origin": "https://elsewhere.example"}
        data = {"receipt": touch.receipt, "phone": "13800138000", "kind": "copy"}
        assert Client().post(ASK, data, headers=headers).status_code == 403
        assert not DataRequest.objects.exists()

    def test_those_who_answer_are_told_without_what_was_written(self, touch, form_page):
        form_page.receivers.add(Channel.objects.create(name="log", kind="log"))
        form_page.save()
        asked(touch.receipt, message="张三要求更正")
        message = Message.objects.get(event="lead.data_requested")
        assert "张三" not in json.dumps(message.payload, ensure_ascii=False)

    def test_page_of_the_request_says_nothing_of_the_person(self, touch):
        request = asked(touch.receipt, message="张三要求更正")
        page = state_page(request)
        assert [trace for trace in TRACES if trace in page.content.decode()] == []
        assert "no-store" in page["Cache-Control"]
        assert page["X-Robots-Tag"] == "noindex"

    def test_unknown_request_is_not_found(self):
        assert Client().get(f"{ASK}ABCDE-23456/").status_code == 404

    def test_form_speaks_the_language_that_is_asked_for(self):
        assert (
            "Ask for your data" in Client().get(f"{ASK}?language=en").content.decode()
        )
        assert (
            "查询或删除我的信息" in Client().get(f"{ASK}?language=xx").content.decode()
        )


class TestWithdrawal:
    def test_advertising_ends_at_once(self, touch):
        assert Consent.objects.get().withdrawn_at is None
        request = asked(touch.receipt, kind="withdrawal")
        assert request.state == "done"
        assert Consent.objects.get().withdrawn_at
        assert "您将不再收到我们的营销信息" in state_page(request).content.decode()

    def test_history_says_so(self, touch):
        asked(touch.receipt, kind="withdrawal")
        assert touch.lead.events.filter(kind="withdrawal").count() == 1

    def test_export_says_who_may_be_advertised_to(self, touch, admin_client):
        def exported():
            path = "/admin/leads/export/"
            data = {"purpose": "活动通知", "export": "csv"}
            response = admin_client.post(path, data)
            text = b"".join(response.streaming_content).decode("utf-8-sig")
            (row,) = csv.DictReader(text.splitlines())
            return row["同意营销"]

        assert exported() == "是"
        asked(touch.receipt, kind="withdrawal")
        assert exported() == "否"

    def test_other_consents_stay(self, touch):
        Consent.objects.get().text.__class__.objects.update(purpose="enquiry")
        asked(touch.receipt, kind="withdrawal")
        assert Consent.objects.get().withdrawn_at is None


class TestCopy:
    @pytest.mark.parametrize("suffix", ["json", "html"])
    def test_copy_holds_everything_that_was_sent(self, touch, officer, suffix):
        add_note(touch.lead, "周五再打", UserFactory())
        response = act(officer, asked(touch.receipt), "copy", format=suffix, **CHECKED)
        text = response.content.decode()
        expected = ["张三", "138 0013 8000", "028-85550100", "蓉城精密机械有限公司"]
        expected += ["周五再打", touch.receipt, "同意接收活动通知"]
        assert [each for each in expected if each not in text] == []
        assert response["Content-Disposition"].startswith("attachment")

    def test_it_is_kept_that_it_was_read(self, touch, officer):
        request = asked(touch.receipt)
        act(officer, request, "copy", format="json", **CHECKED)
        read = PersonalDataRead.objects.get(kind="copy")
        assert (read.user_name, read.receipt) == ("editor", touch.lead.receipt)
        assert request.number in read.reason

    def test_nothing_is_given_before_the_person_was_called_back(self, touch, officer):
        response = act(officer, asked(touch.receipt), "copy", format="json")
        assert response.status_code == 422
        assert not PersonalDataRead.objects.exists()

    def test_mobile_number_covers_all_that_was_sent_with_it(
        self, touch, officer, form_page, answers
    ):
        other = capture_lead(
            form_page, {**answers, "name": "张小三"}, LeadContext(Lead.Source.HTML)
        )
        assert other.lead != touch.lead
        request = asked(touch.receipt)
        copy = act(officer, request, "copy", format="json", **CHECKED).json()
        receipts = {lead["receipt"] for lead in copy}
        assert receipts == {touch.lead.receipt, other.lead.receipt}

    def test_office_number_covers_its_receipt_only(
        self, touch, officer, form_page, answers
    ):
        capture_lead(
            form_page,
            {**answers, "mobile": "13900139000"},
            LeadContext(Lead.Source.HTML),
        )
        request = asked(touch.receipt, "028-85550100")
        copy = act(officer, request, "copy", format="json", **CHECKED).json()
        assert [lead["receipt"] for lead in copy] == [touch.lead.receipt]


class TestCorrection:
    def test_wrong_data_is_nowhere_left(self, touch, officer):
        request = asked(touch.receipt, kind="correction", message="我叫张珊")
        response = act(
            officer,
            request,
            "correction",
            name="张珊",
            mobile="139 0013 9000",
            landline="028-85550111转12",
            **CHECKED,
        )
        assert response.status_code == 302, response.content.decode()
        lead = Lead.objects.get()
        assert (lead.name, lead.mobile) == ("张珊", "+8613900139000")
        assert lead.landline_display == "028-85550111-12"
        assert lead.company == "蓉城精密机械有限公司"
        rest = everything()
        wrong = ["张三", "13800138000", "138 0013 8000", "85550100"]
        assert [trace for trace in wrong if trace in rest] == []

    def test_lead_is_found_by_the_right_number_only(self, touch, officer):
        request = asked(touch.receipt, kind="correction")
        act(officer, request, "correction", mobile="13900139000", **CHECKED)
        assert Lead.objects.search("13900139000").exists()
        assert not Lead.objects.search("13800138000").exists()

    def test_history_says_what_was_corrected_but_not_into_what(self, touch, officer):
        request = asked(touch.receipt, kind="correction")
        act(officer, request, "correction", name="张珊", **CHECKED)
        event = touch.lead.events.get(kind="correction")
        assert (event.after, event.text, event.actor_name) == ("name", "", "editor")

    @pytest.mark.parametrize("data", [{}, {"mobile": "123"}, {"landline": "12"}])
    def test_wrong_input_comes_back_and_changes_nothing(self, touch, officer, data):
        request = asked(touch.receipt, kind="correction")
        response = act(officer, request, "correction", **data, **CHECKED)
        assert response.status_code == 422
        assert Lead.objects.get().name == "张三"
        assert DataRequest.objects.get().state == "open"


class TestErasure:
    def test_nothing_is_left_and_the_page_proves_it(self, touch, officer, form_page):
        form_page.receivers.add(Channel.objects.create(name="log", kind="log"))
        form_page.save()
        add_note(touch.lead, "张三 13800138000", UserFactory())
        request = asked(touch.receipt, kind="erasure", message="张三")
        assert act(officer, request, "erasure", **CHECKED).status_code == 302
        rest = everything()
        assert [trace for trace in TRACES if trace in rest] == []
        request.refresh_from_db()
        assert request.proof["leads"] == request.proof["submissions"] == 1
        assert request.proof["notes"] == 1
        page = " ".join(state_page(request).content.decode().split())
        assert "本页即为凭证" in page
        assert "1 条关于您的备注" in page

    def test_history_says_who(self, touch, officer):
        act(officer, asked(touch.receipt, kind="erasure"), "erasure", **CHECKED)
        assert touch.lead.events.get(kind="erasure").actor_name == "editor"

    def test_legal_hold_keeps_all_of_it(self, touch, officer):
        Lead.objects.update(is_held=True)
        request = asked(touch.receipt, kind="erasure")
        response = act(officer, request, "erasure", **CHECKED)
        assert "法定留存" in response.content.decode()
        assert (Lead.objects.get().name, DataRequest.objects.get().state) == (
            "张三",
            "open",
        )

    def test_erased_person_can_ask_for_nothing_more(self, touch, officer):
        act(officer, asked(touch.receipt, kind="erasure"), "erasure", **CHECKED)
        assert ask(touch.receipt).status_code == 422

    def test_proof_outlives_the_lead(self, touch, officer):
        request = asked(touch.receipt, kind="erasure")
        act(officer, request, "erasure", **CHECKED)
        touch.lead.delete()
        assert "本页即为凭证" in state_page(request).content.decode()


class TestAnswer:
    def test_refusal_says_why_and_the_person_reads_it(self, touch, officer):
        request = asked(touch.receipt, kind="erasure")
        act(officer, request, "answer", state="refused", answer="诉讼期间须留存")
        assert "诉讼期间须留存" in state_page(request).content.decode()

    def test_refusal_without_a_reason_comes_back(self, touch, officer):
        response = act(officer, asked(touch.receipt), "answer", state="refused")
        assert "请说明拒绝的理由" in response.content.decode()

    def test_it_is_answered_once(self, touch, officer):
        request = asked(touch.receipt)
        act(officer, request, "answer", state="done")
        response = act(officer, request, "answer", state="refused", answer="…")
        assert "其他人已答复此请求" in response.content.decode()
        assert DataRequest.objects.get().state == "done"

    def test_who_has_answered_is_kept(self, touch, officer):
        act(officer, asked(touch.receipt), "answer", state="done")
        request = DataRequest.objects.get()
        assert (request.answered_by_name, request.message) == ("editor", "")
        assert request.answered_at


class TestQueue:
    def test_open_requests_stand_in_the_list_and_on_the_home_page(self, touch, officer):
        request = asked(touch.receipt)
        assert request.number in officer.get(QUEUE).content.decode()
        user = User.objects.get(username="editor")
        user.is_superuser = True
        user.save()
        home = officer.get("/admin/").content.decode()
        assert re.search(r"个人信息请求</a></th>\s*<td>1</td>", home)

    def test_late_ones_are_marked(self, touch, officer):
        request = asked(touch.receipt)
        marked = re.compile(r'w-status--primary"\s*>\s*超时')
        assert not marked.search(officer.get(QUEUE).content.decode())
        DataRequest.objects.update(due_on=timezone.localdate() - timedelta(days=1))
        assert marked.search(officer.get(QUEUE).content.decode())
        page = officer.get(f"{QUEUE}inspect/{request.pk}/").content.decode()
        assert marked.search(page)

    def test_page_masks_the_person(self, touch, officer):
        request = asked(touch.receipt)
        page = officer.get(f"{QUEUE}inspect/{request.pk}/").content.decode()
        assert "138****8000" in page
        assert "13800138000" not in page

    @pytest.mark.parametrize("action", ["copy", "erasure", "answer", "correction"])
    def test_nothing_is_answered_without_permission(self, touch, action):
        request = asked(touch.receipt, kind="erasure")
        client = client_with("view_datarequest", "change_lead", "reveal_lead")
        data = {**CHECKED, "state": "done", "format": "json", "name": "x"}
        assert act(client, request, action, **data).status_code == 302
        assert DataRequest.objects.get().state == "open"
        assert not PersonalDataRead.objects.exists()

    def test_who_is_limited_to_places_sees_none(self, touch, officer):
        request = asked(touch.receipt)
        User.objects.get(username="editor").places.add(CityFactory())
        assert officer.get(QUEUE).status_code == 302
        assert officer.get(f"{QUEUE}inspect/{request.pk}/").status_code == 302

    def test_lead_shows_its_requests_to_those_who_answer_them(
        self, touch, admin_client
    ):
        request = asked(touch.receipt)
        page = admin_client.get(reverse("leads:inspect", args=[touch.lead.pk]))
        assert request.number in page.content.decode()
        agent = client_with("view_lead")
        page = agent.get(reverse("leads:inspect", args=[touch.lead.pk]))
        assert request.number not in page.content.decode()
