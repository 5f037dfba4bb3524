"""Who asks again about the same thing is added to the lead that somebody is working on."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from forms.context import LeadContext
from forms.leads import capture_lead
from forms.models import Lead, Touch
from forms.models.leads import OPEN_STATUSES, Status
from tests.factories import CertificationProjectFactory, FormPageFactory

pytestmark = pytest.mark.django_db

HTML = LeadContext(source=Lead.Source.HTML)


@pytest.fixture
def first(form_page, answers):
    return capture_lead(form_page, answers, HTML)


def ask_again(form_page, answers, **changes):
    return capture_lead(form_page, {**answers, "name": "张三丰", **changes}, HTML)


def later(**span):
    return time_machine.travel(timezone.now() + timedelta(**span))


def test_repeat_becomes_a_touch(form_page, answers, first):
    second = ask_again(form_page, answers)
    assert second.lead == first.lead
    assert Lead.objects.get().touch_count == 2
    assert Touch.objects.count() == 2


def test_touch_keeps_what_was_said_this_time(form_page, answers, first):
    context = LeadContext(Lead.Source.API, utm={"source": "baidu"})
    data = {**answers, "company": "新名公司"}
    second = capture_lead(form_page, data, context)
    assert second.answers[4]["value"] == "新名公司"
    assert (second.utm_source, second.source) == ("baidu", "api")
    assert Lead.objects.get().company == answers["company"]


def test_repeat_gets_a_receipt_of_its_own(form_page, answers, first):
    """Whoever knows a phone number must not learn the receipt of its owner."""
    assert first.receipt == first.lead.receipt
    assert ask_again(form_page, answers).receipt != first.receipt


def test_repeat_shows_as_a_change_of_the_lead(form_page, answers, first):
    with later(hours=1):
        ask_again(form_page, answers)
    lead = Lead.objects.get()
    assert lead.version == 1
    assert lead.last_touch_at > first.created_at


def test_number_written_otherwise_is_the_same(form_page, answers, first):
    assert ask_again(form_page, answers, mobile="+86 138-0013-8000").lead == first.lead


@pytest.mark.parametrize("status", OPEN_STATUSES)
def test_open_lead_is_added_to(form_page, answers, first, status):
    Lead.objects.update(status=status)
    assert ask_again(form_page, answers).lead == first.lead


@pytest.mark.parametrize("status", sorted({*Status} - {*OPEN_STATUSES}))
def test_closed_lead_is_left_alone(form_page, answers, first, status):
    Lead.objects.update(status=status)
    assert ask_again(form_page, answers).lead != first.lead


def test_other_project_is_another_lead(form_page, answers, first):
    other = CertificationProjectFactory(slug="iso14001")
    assert ask_again(form_page, answers, project=other.slug).lead != first.lead


def test_other_number_is_another_lead(form_page, answers, first):
    assert ask_again(form_page, answers, mobile="13900139000").lead != first.lead


def test_other_form_is_another_lead(form_page, answers, first):
    other = FormPageFactory(slug="other")
    assert ask_again(other, answers).lead != first.lead


class TestWindow:
    def test_within_it_a_repeat_is_added(self, form_page, answers, first):
        with later(hours=23):
            assert ask_again(form_page, answers).lead == first.lead

    def test_after_it_a_repeat_is_a_new_lead(self, form_page, answers, first):
        with later(hours=25):
            assert ask_again(form_page, answers).lead != first.lead

    def test_every_repeat_opens_it_anew(self, form_page, answers, first):
        with later(hours=20):
            ask_again(form_page, answers)
        with later(hours=40):
            assert ask_again(form_page, answers, name="张").lead == first.lead

    def test_editors_set_it(self, form_page, answers, first):
        form_page.duplicate_window = 1
        with later(hours=2):
            assert ask_again(form_page, answers).lead != first.lead

    def test_editors_switch_it_off(self, form_page, answers, first):
        form_page.duplicate_window = 0
        assert ask_again(form_page, answers).lead != first.lead


def test_anonymised_lead_is_not_written_into(form_page, answers, first):
    Lead.objects.update(anonymised_at=timezone.now())
    assert ask_again(form_page, answers).lead != first.lead
