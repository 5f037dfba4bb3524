"""Many leads at once: each as if it were alone, and none over somebody else's head."""

import json

import pytest
from django.urls import reverse

from cms.users.models import User
from forms.models import Lead, LeadEvent
from forms.models.leads import Status
from tests.factories import CityFactory, UserFactory
from tests.forms.factories import LeadFactory
from tests.forms.test_lead_admin import LEADS, client_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent():
    return client_with("view_lead", "change_lead")


@pytest.fixture
def leads():
    first = LeadFactory()
    return [first, LeadFactory(form=first.form)]


def address(action, leads):
    path = reverse("wagtail_bulk_action", args=["forms", "lead", action])
    ids = "&".join(f"id={lead.pk}" for lead in leads)
    return f"{path}?next={LEADS}&{ids}"


def seen(leads):
    return json.dumps({lead.pk: lead.version for lead in leads})


def act(client, action, leads, **data):
    url = address(action, leads)
    return client.post(url, {"seen": seen(leads), **data}, follow=True)


def statuses():
    return set(Lead.objects.values_list("status", flat=True))


def test_chosen_leads_are_shown_before_anything_is_done(agent, leads):
    page = agent.get(address("status", leads)).content.decode()
    assert all(lead.receipt in page for lead in leads)
    assert statuses() == {Status.NEW}


def test_status_of_all_is_changed_with_history(agent, leads):
    act(agent, "status", leads, status="claimed")
    assert statuses() == {Status.CLAIMED}
    events = LeadEvent.objects.filter(kind="status", after="claimed")
    assert set(events.values_list("lead", flat=True)) == {lead.pk for lead in leads}


def test_all_are_assigned(agent, leads):
    user = UserFactory(is_superuser=True)
    act(agent, "assign", leads, assignee=user.pk)
    assert set(Lead.objects.values_list("assignee", flat=True)) == {user.pk}


def test_spam_is_released_and_the_rest_stays(agent, leads):
    Lead.objects.filter(pk=leads[0].pk).update(status=Status.SPAM)
    Lead.objects.filter(pk=leads[1].pk).update(status=Status.WON)
    response = act(agent, "release", leads)
    assert statuses() == {Status.NEW, Status.WON}
    assert "1 条线索保持原样" in text_of(response)


def test_lead_that_somebody_has_changed_meanwhile_stays_and_is_counted(agent, leads):
    Lead.objects.filter(pk=leads[0].pk).update(version=7)
    response = act(agent, "status", leads, status="claimed")
    assert Lead.objects.get(pk=leads[0].pk).status == Status.NEW
    assert Lead.objects.get(pk=leads[1].pk).status == Status.CLAIMED
    assert "已更改 1 条线索" in text_of(response)
    assert "1 条线索保持原样" in text_of(response)


def test_lead_that_has_no_way_to_the_status_stays(agent, leads):
    Lead.objects.filter(pk=leads[0].pk).update(status=Status.WON)
    act(agent, "status", leads, status="claimed")
    assert statuses() == {Status.WON, Status.CLAIMED}


def test_losing_leads_needs_a_reason(agent, leads):
    Lead.objects.update(status=Status.CONTACTED)
    response = act(agent, "status", leads, status="lost")
    assert statuses() == {Status.CONTACTED}
    assert "请说明线索为何流失。" in response.content.decode()


@pytest.mark.parametrize("sent", ["", "[]", "nonsense", "{}"])
def test_nothing_is_done_without_saying_what_was_seen(agent, leads, sent):
    act(agent, "status", leads, status="claimed", seen=sent)
    assert statuses() == {Status.NEW}


def test_nothing_is_done_without_permission(leads):
    client = client_with("view_lead")
    act(client, "status", leads, status="claimed")
    assert statuses() == {Status.NEW}
    assert leads[0].receipt not in client.get(address("status", leads)).content.decode()


def test_leads_of_other_places_are_neither_shown_nor_changed(leads):
    chengdu, xian = CityFactory(), CityFactory()
    Lead.objects.filter(pk=leads[0].pk).update(city=chengdu)
    Lead.objects.filter(pk=leads[1].pk).update(city=xian)
    client = client_with("view_lead", "change_lead")
    User.objects.get(username="editor").places.add(chengdu)
    page = client.get(address("status", leads)).content.decode()
    assert (leads[0].receipt in page, leads[1].receipt in page) == (True, False)
    act(client, "status", leads, status="claimed")
    assert Lead.objects.get(pk=leads[1].pk).status == Status.NEW


def test_list_offers_it_only_to_those_who_may(agent, leads):
    assert "bulk-action-checkbox" in agent.get(LEADS).content.decode()
    agent.logout()
    reader = client_with("view_lead", username="reader")
    assert "bulk-action-checkbox" not in reader.get(LEADS).content.decode()


def text_of(response):
    return response.content.decode()
