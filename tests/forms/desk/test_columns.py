"""Everybody chooses the columns of their own list."""

import pytest

from forms.desk.columns import COLUMNS, DEFAULT
from forms.models import ChosenColumns, Lead
from tests.forms.factories import LeadFactory
from tests.forms.test_lead_admin import LEADS, client_with

pytestmark = pytest.mark.django_db

CHOOSE = f"{LEADS}columns/"


@pytest.fixture
def agent():
    LeadFactory()
    return client_with("view_lead", "change_lead")


def names(client):
    table = client.get(LEADS).context["table"]
    return [name for name in table.columns if name in COLUMNS]


def test_list_begins_with_the_usual_columns(agent):
    assert names(agent) == DEFAULT


def test_chosen_columns_are_kept_in_their_order(agent):
    response = agent.post(CHOOSE, {"columns": ["created_at", "due_at", "company"]})
    assert response.status_code == 302
    assert names(agent) == ["company", "due_at", "created_at"]


def test_others_keep_theirs(agent):
    agent.post(CHOOSE, {"columns": ["company"]})
    other = client_with("view_lead", username="other")
    assert names(other) == DEFAULT


def test_usual_columns_come_back(agent):
    agent.post(CHOOSE, {"columns": ["company"]})
    agent.post(CHOOSE, {"reset": "1"})
    assert names(agent) == DEFAULT


def test_column_that_is_gone_is_left_out(agent):
    agent.post(CHOOSE, {"columns": ["company"]})
    ChosenColumns.objects.update(names=["fax", "company"])
    assert names(agent) == ["company"]


def test_all_columns_can_be_shown_in_one_query_of_leads(
    agent, django_assert_max_num_queries
):
    agent.post(CHOOSE, {"columns": list(COLUMNS)})
    for _ in range(20):
        LeadFactory(form=Lead.objects.first().form)
    agent.get(LEADS)
    with django_assert_max_num_queries(17):
        agent.get(LEADS)


def test_nobody_chooses_without_permission():
    client = client_with("delete_lead")
    assert client.post(CHOOSE, {"columns": ["company"]}).status_code == 302
    assert not ChosenColumns.objects.exists()


@pytest.mark.parametrize(
    ("values", "mark"),
    [
        ({"status": "spam"}, "垃圾信息"),
        ({"is_held": True}, "法定留存"),
        ({"is_verified": False}, "未验证"),
    ],
)
def test_what_stands_out_is_marked(agent, values, mark):
    Lead.objects.update(**{"is_verified": True, **values})
    page = agent.get(LEADS, {"status": values.get("status", "")}).content.decode()
    marks = page.split("<tbody>")[1]
    assert mark in marks
