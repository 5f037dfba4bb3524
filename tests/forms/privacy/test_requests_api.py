"""A mini program asks, for a person, for what is kept of them."""

import json

import pytest
from django.test import Client

from forms.context import LeadContext
from forms.leads import capture_lead
from forms.models import DataRequest, Lead
from tests.forms.privacy.test_erasure import TRACES

pytestmark = pytest.mark.django_db

REQUESTS = "/api/v1/data-requests/"


@pytest.fixture
def touch(form_page, answers):
    return capture_lead(form_page, answers, LeadContext(Lead.Source.API))


def ask(receipt, phone="138 0013 8000", **fields):
    body = json.dumps({"receipt": receipt, "phone": phone, "kind": "copy", **fields})
    return Client().post(REQUESTS, body, content_type="application/json")


def test_request_is_stored_and_its_state_can_be_asked_for(touch):
    response = ask(touch.receipt.lower(), kind="erasure", message="请全部删除")
    assert response.status_code == 201
    answer = response.json()
    assert (answer["kind"], answer["state"]) == ("erasure", "open")
    state = Client().get(f"{REQUESTS}{answer['number']}/")
    assert state.json() == answer
    assert "no-store" in state["Cache-Control"]
    text = state.content.decode()
    assert [trace for trace in [*TRACES, "请全部删除"] if trace in text] == []


def test_advertising_ends_at_once(touch):
    assert ask(touch.receipt, kind="withdrawal").json()["state"] == "done"


def test_wrong_receipt_and_wrong_number_get_one_answer(touch):
    wrong = [ask("ABCDE-23456"), ask(touch.receipt, "13900139000")]
    assert [response.status_code for response in wrong] == [422, 422]
    assert wrong[0].json() == wrong[1].json()
    assert wrong[0].json()["errors"][0]["type"] == "unknown_person"
    assert not DataRequest.objects.exists()


@pytest.mark.parametrize(
    ("fields", "name"),
    [({"receipt": "x"}, "receipt"), ({"kind": "all"}, "kind"), ({"fax": 1}, "fax")],
)
def test_wrong_fields_are_named(touch, fields, name):
    response = ask(**{"receipt": touch.receipt, **fields})
    assert response.status_code == 422
    assert response.json()["errors"][0]["loc"][-1] == name


def test_numbers_cannot_be_guessed(touch):
    answers = [ask(touch.receipt, f"138001380{n:02}") for n in range(1, 12)]
    assert answers[-1].status_code == 429
    assert answers[-1]["Retry-After"] == "3600"
    assert answers[-1]["Content-Type"] == "application/problem+json"


def test_unknown_request_is_not_found():
    assert Client().get(f"{REQUESTS}ABCDE-23456/").status_code == 404
