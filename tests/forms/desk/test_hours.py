"""Until when somebody should have answered, counted in working hours."""

from datetime import datetime, time, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from cms.outbox.models import Channel, Message
from forms.desk.arrival import lead_arrived
from forms.desk.hours import add_working_minutes, is_working_day
from forms.desk.overdue import tell_overdue
from forms.desk.statuses import change_status
from forms.models import Lead, LeadSettings, NotificationRule
from forms.models.leads import Status
from tests.forms.factories import LeadFactory
from tests.forms.test_lead_admin import LEADS, client_with, listed


def local(text):
    return timezone.make_aware(datetime.fromisoformat(text))


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        ("2026-11-25 10:00", 60, "2026-11-25 11:00"),
        ("2026-11-25 07:00", 60, "2026-11-25 10:00"),
        ("2026-11-25 17:30", 60, "2026-11-26 09:30"),
        ("2026-11-25 22:00", 60, "2026-11-26 10:00"),
        # Friday evening: Monday.
        ("2026-11-27 18:00", 60, "2026-11-30 10:00"),
        ("2026-11-25 09:00", 540, "2026-11-25 18:00"),
        ("2026-11-25 09:00", 541, "2026-11-26 09:01"),
        # The National Day holidays of 2025 ended with Wednesday, 8 October.
        ("2025-09-30 17:30", 60, "2025-10-09 09:30"),
        # And Saturday, 11 October, was worked for them.
        ("2025-10-10 17:30", 60, "2025-10-11 09:30"),
    ],
)
def test_free_time_does_not_count(start, minutes, end):
    assert add_working_minutes(local(start), minutes, LeadSettings()) == local(end)


def test_weekends_are_worked_where_they_are():
    saturday = local("2026-11-28 10:00").date()
    assert not is_working_day(saturday, LeadSettings())
    assert is_working_day(saturday, LeadSettings(works_on_saturday=True))
    settings = LeadSettings(works_on_sunday=True, follows_public_holidays=False)
    assert is_working_day(saturday + timedelta(days=1), settings)


def test_hours_in_which_nobody_works_have_no_end():
    settings = LeadSettings(opening_time=time(9), closing_time=time(9))
    assert add_working_minutes(local("2026-11-25 10:00"), 60, settings) is None


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 1)),
    st.integers(1, 3000),
    st.integers(1, 3000),
)
def test_minutes_add_up(start, first, second):
    settings = LeadSettings()
    start = timezone.make_aware(start)
    middle = add_working_minutes(start, first, settings)
    whole = add_working_minutes(start, first + second, settings)
    assert start < middle < whole
    assert add_working_minutes(middle, second, settings) == whole


@pytest.mark.django_db
class TestOverdue:
    @pytest.fixture
    def lead(self):
        channel = Channel.objects.create(name="head", kind="log")
        rule = NotificationRule.objects.create(name="late", events=["lead.overdue"])
        rule.channels.add(channel)
        with time_machine.travel(local("2026-11-25 10:00")):
            lead = LeadFactory()
            lead_arrived(lead)
        return lead

    def at(self, text):
        return time_machine.travel(local(text))

    def test_it_is_told_once(self, lead):
        with self.at("2026-11-25 10:59"):
            assert tell_overdue() == 0
        with self.at("2026-11-25 11:01"):
            assert (tell_overdue(), tell_overdue()) == (1, 0)
        assert Message.objects.get().event == "lead.overdue"

    def test_answered_lead_is_never_late(self, lead):
        Lead.objects.update(responded_at=timezone.now())
        with self.at("2026-11-26 11:01"):
            assert tell_overdue() == 0

    @pytest.mark.parametrize("status", [Status.SPAM, Status.INVALID, Status.LOST])
    def test_closed_lead_is_never_late(self, lead, status):
        lead.refresh_from_db()
        change_status(lead, Status.CLAIMED, None, version=lead.version)
        change_status(lead, status, None, version=lead.version, reason="价格")
        with self.at("2026-11-26 11:01"):
            assert tell_overdue() == 0

    def test_list_finds_it(self, lead):
        client = client_with("view_lead")
        with self.at("2026-11-25 12:00"):
            assert listed(client.get(LEADS, {"overdue": "true"})) == [lead.receipt]
            assert listed(client.get(LEADS, {"overdue": "false"})) == []

    def test_command_tells(self, lead, capsys):
        with self.at("2026-11-25 12:00"):
            call_command("tell_overdue_leads")
        assert "1 leads are overdue" in capsys.readouterr().out


@pytest.mark.django_db
def test_home_shows_where_leads_are():
    LeadFactory(status=Status.SPAM)
    page = client_with("view_lead").get("/admin/").content.decode()
    assert "/admin/leads/?status=spam" in page
    assert "/admin/leads/?overdue=true" in page
