"""Suspected spam: answered like everything else, kept back, seen by somebody, released with one click."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from cms.outbox.models import Channel, Message
from forms.models import Lead, LeadSettings, RateCounter
from forms.models.leads import Status
from forms.spam.forgetting import forget
from forms.spam.quarantine import unseen_quarantine
from tests.forms.test_lead_admin import LEADS, client_with, listed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def channel(form_page):
    channel = Channel.objects.create(name="log", kind="log")
    form_page.receivers.add(channel)
    form_page.save()
    return channel


@pytest.fixture
def limits():
    settings = LeadSettings.load()
    settings.blocked_words = "网贷\nCasino\n\n"
    settings.phone_limit, settings.network_limit = 2, 3
    settings.save()


def send(answers, **fields):
    return Client().post(
        "/api/v1/forms/quick-service/submissions/",
        {"answers": answers, **fields},
        content_type="application/json",
        REMOTE_ADDR="1.2.4.8",
    )


def reasons():
    return Lead.objects.latest("pk").spam_reasons


class TestSuspicions:
    def test_honest_lead_is_none(self, answers):
        send(answers)
        lead = Lead.objects.get()
        assert (lead.status, lead.spam_reasons) == (Status.NEW, [])
        assert Message.objects.count() == 1

    def test_trap(self, answers):
        send(answers, website="https://spam.example")
        assert reasons() == ["trap"]

    def test_trap_of_the_page(self, form_page, answers):
        path = f"/forms/{form_page.pk}/submissions/"
        assert Client().post(path, {**answers, "_website": "x"}).status_code == 303
        assert reasons() == ["trap"]

    @pytest.mark.parametrize(
        ("company", "reason"),
        [
            ("http://a.example http://b.example", "addresses"),
            ('<a href="http://a.example">x</a>', "markup"),
            ("[url=http://a.example]x[/url]", "markup"),
            ("低息网贷公司", "blocked_word"),
            ("best CASINO", "blocked_word"),
        ],
    )
    def test_content(self, limits, answers, company, reason):
        send({**answers, "company": company})
        assert reasons() == [reason]

    @pytest.mark.parametrize(
        "company",
        [
            "成都<西南>精密机械",
            "A&B Co., Ltd. https://www.ab.example/",
            "张三的店 [总店]",
            "=1+1",
        ],
    )
    def test_honest_content_is_none(self, limits, answers, company):
        send({**answers, "company": company})
        assert reasons() == []

    def test_number_that_is_sent_too_often(self, limits, answers, project):
        for number in range(4):
            send({**answers, "company": f"公司{number}"})
        assert reasons() == ["phone_rate", "network_rate"]

    def test_network_that_sends_too_much(self, limits, answers):
        for number in range(4):
            send({**answers, "mobile": f"1380013800{number}"})
        assert reasons() == ["network_rate"]
        with time_machine.travel(timezone.now() + timedelta(hours=1)):
            send({**answers, "mobile": "13900139000"})
        assert reasons() == []

    def test_address_of_a_proxy_is_not_counted(self, form_page, limits, answers):
        """Without TRUST_PROXY every visitor seems to come from the proxy."""
        for number in range(5):
            path = f"/forms/{form_page.pk}/submissions/"
            data = {**answers, "mobile": f"1380013800{number}"}
            Client().post(path, data, REMOTE_ADDR="10.0.0.1")
        assert reasons() == []

    def test_counters_name_nobody_and_are_forgotten(self, answers):
        send(answers)
        assert all(len(each.key) == 32 for each in RateCounter.objects.all())
        assert forget() == 0
        with time_machine.travel(timezone.now() + timedelta(days=4)):
            assert forget() == 2

    def test_repeat_is_not_counted_twice(self, limits, answers):
        for _ in range(5):
            send(answers)
        assert set(RateCounter.objects.values_list("count", flat=True)) == {1}


class TestQuarantine:
    @pytest.fixture
    def suspect(self, answers):
        send(answers, website="x")
        return Lead.objects.get()

    @pytest.fixture
    def agent(self):
        return client_with("view_lead", "change_lead")

    def test_answer_is_the_same_as_everybodys(self, answers):
        honest = send(answers)
        suspect = send({**answers, "mobile": "13900139000"}, website="x")
        assert suspect.status_code == honest.status_code == 201
        assert suspect.json().keys() == honest.json().keys()

    def test_nobody_is_told(self, suspect):
        assert suspect.status == Status.SPAM
        assert not Message.objects.exists()

    def test_honest_lead_of_the_same_number_is_not_written_into(self, suspect, answers):
        send({**answers, "name": "李四"})
        assert Lead.objects.count() == 2
        send({**answers, "name": "王五"}, website="x")
        assert Lead.objects.count() == 3

    def test_it_is_out_of_the_list_and_one_filter_away(self, agent, suspect):
        assert listed(agent.get(LEADS)) == []
        assert listed(agent.get(LEADS, {"status": "spam"})) == [suspect.receipt]

    def test_page_says_why(self, agent, suspect):
        page = agent.get(f"{LEADS}inspect/{suspect.pk}/").content.decode()
        assert f"/admin/leads/release/{suspect.pk}/" in page

    def test_it_is_unseen_until_somebody_looks(self, agent, suspect):
        assert list(unseen_quarantine()) == [suspect]
        agent.get(f"{LEADS}inspect/{suspect.pk}/")
        assert not unseen_quarantine().exists()

    def test_released_lead_arrives(self, agent, suspect):
        for _ in range(2):
            agent.post(f"{LEADS}release/{suspect.pk}/")
        suspect.refresh_from_db()
        assert (suspect.status, suspect.quarantined_at) == (Status.NEW, None)
        assert Message.objects.count() == 1
        assert suspect.events.count() == 1

    def test_lead_that_an_agent_took_for_spam_tells_nobody_again(self, agent, answers):
        send(answers)
        lead = Lead.objects.get()
        data = {"version": lead.version, "status": "spam"}
        agent.post(f"{LEADS}status/{lead.pk}/", data)
        agent.post(f"{LEADS}release/{lead.pk}/")
        lead.refresh_from_db()
        assert lead.status == Status.NEW
        assert Message.objects.count() == 1
