"""What becomes of a lead, and that two people who work on it do not undo each other's work."""

import pytest

from forms.desk.statuses import (
    NEXT,
    EditConflict,
    WrongTransition,
    add_note,
    assign,
    change_status,
)
from forms.models import Lead
from forms.models.leads import Status
from tests.factories import UserFactory
from tests.forms.factories import LeadFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return UserFactory(username="wang")


@pytest.fixture
def lead():
    return LeadFactory()


def move(lead, user, *statuses, **options):
    for status in statuses:
        lead.refresh_from_db()
        change_status(lead, status, user, version=lead.version, **options)


def test_lead_goes_all_the_way(lead, user):
    way = [
        Status.CLAIMED,
        Status.CONTACTED,
        Status.QUALIFIED,
        Status.QUOTED,
        Status.WON,
    ]
    move(lead, user, *way)
    steps = [(e.before, e.after) for e in reversed(lead.events.all())]
    assert steps == list(zip([Status.NEW, *way], way, strict=False))
    assert {event.actor_name for event in lead.events.all()} == {"wang"}


def test_every_status_can_be_reached_and_left():
    reached = {status for following in NEXT.values() for status in following}
    assert reached | {Status.NEW} == set(Status)
    assert all(NEXT[status] for status in set(Status) - {Status.SPAM})


def test_spam_is_released_and_not_just_moved(lead, user):
    """A lead that was kept back has told nobody yet: moving it would lose that for good."""
    Lead.objects.update(status=Status.SPAM)
    with pytest.raises(WrongTransition):
        move(lead, user, Status.NEW)


def test_there_is_no_short_cut(lead, user):
    with pytest.raises(WrongTransition):
        change_status(lead, Status.WON, user, version=0)
    lead.refresh_from_db()
    assert lead.status == Status.NEW
    assert not lead.events.exists()


def test_lost_lead_says_why(lead, user):
    move(lead, user, Status.CONTACTED)
    with pytest.raises(WrongTransition):
        move(lead, user, Status.LOST)
    move(lead, user, Status.LOST, reason="价格")
    assert lead.lost_reason == "价格"
    assert lead.events.first().text == "价格"


def test_who_takes_a_lead_has_it(lead, user):
    move(lead, user, Status.CLAIMED)
    assert lead.assignee == user


def test_who_has_it_keeps_it(lead, user):
    other = UserFactory()
    assign(lead, other, user, version=0)
    move(lead, user, Status.CONTACTED)
    assert lead.assignee == other


def test_first_response_is_the_first_contact(lead, user):
    move(lead, user, Status.CLAIMED)
    assert lead.responded_at is None
    move(lead, user, Status.CONTACTED)
    first = lead.responded_at
    assert first
    move(lead, user, Status.QUALIFIED)
    assert lead.responded_at == first


@pytest.mark.parametrize("closed", [Status.INVALID, Status.SPAM])
def test_lead_that_is_put_aside_waits_for_no_response(lead, user, closed):
    move(lead, user, closed)
    assert lead.responded_at


def test_lead_that_was_put_aside_by_mistake_waits_again(lead, user):
    move(lead, user, Status.INVALID)
    move(lead, user, Status.NEW)
    assert lead.responded_at is None


def test_assignment_is_recorded(lead, user):
    other = UserFactory(username="li")
    assign(lead, other, user, version=0)
    event = lead.events.get()
    assert (event.before, event.after, event.actor) == ("", "li", user)


def test_two_people_do_not_overwrite_each_other(lead, user):
    other = UserFactory()
    mine, theirs = Lead.objects.get(), Lead.objects.get()
    change_status(mine, Status.CLAIMED, user, version=mine.version)
    with pytest.raises(EditConflict):
        change_status(theirs, Status.INVALID, other, version=theirs.version)
    with pytest.raises(EditConflict):
        assign(theirs, other, other, version=theirs.version)
    lead.refresh_from_db()
    assert (lead.status, lead.assignee) == (Status.CLAIMED, user)
    assert lead.events.count() == 1


def test_notes_are_not_readable_in_the_database(lead, user):
    from django.db import connection

    add_note(lead, "周五 13800138000 再打", user)
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM forms_leadevent")
        [text] = cursor.fetchone()
    assert "13800138000" not in text
    assert lead.events.get().text == "周五 13800138000 再打"
