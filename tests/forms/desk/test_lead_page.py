"""A lead's page in the admin: what is done on it, and what is seen of it."""

import pytest

from forms.models import Lead, LeadEvent, PersonalDataRead
from forms.models.leads import Status
from tests.factories import UserFactory
from tests.forms.factories import LeadFactory, TouchFactory
from tests.forms.test_lead_admin import LEADS, client_with

pytestmark = pytest.mark.django_db

NAME = "欧阳修远"


@pytest.fixture
def lead():
    lead = LeadFactory(
        name=NAME, answers=[{"label": "姓名", "value": NAME, "display": NAME}]
    )
    TouchFactory(lead=lead)
    return lead


@pytest.fixture
def agent():
    return client_with("view_lead", "change_lead", "reveal_lead")


def page(client, lead):
    return client.get(f"{LEADS}inspect/{lead.pk}/").content.decode()


def act(client, lead, action, **data):
    return client.post(f"{LEADS}{action}/{lead.pk}/", {"version": lead.version, **data})


class TestWork:
    def test_status_is_changed(self, agent, lead):
        assert act(agent, lead, "status", status="claimed").status_code == 302
        lead.refresh_from_db()
        assert (lead.status, lead.assignee.username) == (Status.CLAIMED, "editor")

    def test_lost_without_a_reason_comes_back(self, agent, lead):
        Lead.objects.update(status=Status.CONTACTED)
        response = act(agent, lead, "status", status="lost")
        assert response.status_code == 422
        assert Lead.objects.get().status == Status.CONTACTED

    def test_lead_is_assigned_to_who_may_work_on_leads(self, agent, lead):
        chosen = UserFactory(is_superuser=True)
        other = UserFactory(username="nobody")
        assert act(agent, lead, "assignment", assignee=other.pk).status_code == 422
        assert act(agent, lead, "assignment", assignee=chosen.pk).status_code == 302
        assert Lead.objects.get().assignee == chosen

    def test_note_stands_in_the_history(self, agent, lead):
        act(agent, lead, "note", text="周五再打")
        assert "周五再打" in page(agent, lead)

    def test_conflict_is_told_and_nothing_is_overwritten(self, agent, lead):
        Lead.objects.update(version=3, status=Status.CLAIMED)
        response = act(agent, lead, "status", status="invalid")
        assert response.status_code == 422
        assert Lead.objects.get().status == Status.CLAIMED
        # Sent again from the page that has come back, it is meant.
        assert 'name="version" value="3"' in response.content.decode()

    @pytest.mark.parametrize("action", ["status", "assignment", "note", "release"])
    def test_who_may_only_look_changes_nothing(self, lead, action):
        looker = client_with("view_lead")
        response = act(looker, lead, action, status="claimed", text="x")
        assert response.status_code == 302
        assert not LeadEvent.objects.exists()
        assert f"/{action}/" not in page(looker, lead)

    def test_actions_are_not_links(self, agent, lead):
        for action in ("status", "assignment", "note", "release", "reveal"):
            assert agent.get(f"{LEADS}{action}/{lead.pk}/").status_code == 405


class TestReveal:
    def test_page_and_list_hide_name_and_number(self, agent, lead):
        for content in (page(agent, lead), agent.get(LEADS).content.decode()):
            assert NAME not in content
            assert "138 0013 8000" not in content
            assert "13800138000" not in content
            assert "138****8000" in content

    def test_reason_reveals_them_once(self, agent, lead):
        response = act(agent, lead, "reveal", reason="首次联系")
        assert NAME in response.content.decode()
        assert "138 0013 8000" in response.content.decode()
        assert "no-store" in response["Cache-Control"]
        assert NAME not in page(agent, lead)

    def test_who_has_read_what_and_why_is_kept(self, agent, lead):
        act(agent, lead, "reveal", reason="首次联系")
        read = PersonalDataRead.objects.get()
        assert (read.user_name, read.receipt) == ("editor", lead.receipt)
        assert (read.reason, read.lead) == ("首次联系", lead)
        lead.delete()
        read.refresh_from_db()
        assert read.receipt

    def test_without_a_reason_nothing_is_revealed(self, agent, lead):
        response = act(agent, lead, "reveal", reason=" ")
        assert response.status_code == 422
        assert NAME not in response.content.decode()
        assert not PersonalDataRead.objects.exists()

    def test_without_the_permission_nothing_is_revealed(self, lead):
        client = client_with("view_lead", "change_lead")
        response = act(client, lead, "reveal", reason="x")
        assert response.status_code == 302
        assert not PersonalDataRead.objects.exists()


class TestExport:
    def test_purpose_is_asked_and_kept(self):
        client = client_with("view_lead", "export_lead")
        LeadFactory(city=None)
        path = f"{LEADS}export/?source=html&q=13800138000"
        response = client.post(path, {"export": "csv", "purpose": ""})
        assert response.status_code == 422
        assert not PersonalDataRead.objects.exists()
        client.post(path, {"export": "csv", "purpose": "月报"})
        read = PersonalDataRead.objects.get()
        assert (read.kind, read.reason, read.lead_count) == ("export", "月报", 1)
        assert read.selection == {"source": "html", "q": "…"}

    def test_old_address_exports_nothing(self, agent):
        lead = LeadFactory(name=NAME)
        content = agent.get(LEADS, {"export": "csv"}).content.decode()
        assert NAME not in content
        assert lead.receipt in content

    def test_without_the_permission_there_is_none(self, agent):
        LeadFactory()
        data = {"export": "csv", "purpose": "月报"}
        assert agent.post(f"{LEADS}export/", data).status_code == 302
        assert "export" not in agent.get(LEADS).content.decode()
