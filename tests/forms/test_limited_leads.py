"""An editor of 成都 sees the leads from 成都, and nothing that tells of others."""

import csv
import io
from urllib.parse import urlencode

import pytest
from django.test import Client

from forms.models import Lead
from tests.editors import build_register, create_editor
from tests.factories import FormPageFactory
from tests.forms.factories import LeadFactory

pytestmark = pytest.mark.django_db

LEADS = "/admin/leads/"


@pytest.fixture
def places():
    return build_register()


@pytest.fixture
def leads(places):
    form = FormPageFactory()
    leads = {
        name: LeadFactory(city=places[name], form=form, company=f"{name} Ltd.")
        for name in ("chengdu", "mianyang", "chongqing")
    }
    return {**leads, "nowhere": LeadFactory(form=form)}


def client_of(*places):
    client = Client()
    client.force_login(create_editor(*places))
    return client


@pytest.fixture
def client(places):
    """An editor of 成都."""
    return client_of(places["chengdu"])


def listed(response):
    return {lead.receipt for lead in response.context["object_list"]}


def receipts(leads, *names):
    return {leads[name].receipt for name in names}


def test_leads_from_own_cities_are_listed(places, leads, client):
    assert listed(client.get(LEADS)) == receipts(leads, "chengdu")
    province = client_of(places["sichuan"])
    assert listed(province.get(LEADS)) == receipts(leads, "chengdu", "mianyang")


def test_who_has_no_limits_sees_all_leads(leads):
    assert listed(client_of().get(LEADS)) == receipts(leads, *leads)


@pytest.mark.parametrize("path", ["", "results/"])
def test_neither_filters_nor_search_find_others(places, leads, client, path):
    chongqing = leads["chongqing"]
    for query in (
        {"city": chongqing.city.pk},
        {"form": chongqing.form.pk},
        {"q": chongqing.receipt},
        {"q": "chongqing"},
    ):
        response = client.get(LEADS + path, query)
        assert chongqing.receipt not in listed(response)
        assert leads["nowhere"].receipt not in listed(response)


def test_filters_offer_nothing_that_only_others_have(leads, client):
    other_form = FormPageFactory(title="另一表单", slug="other")
    LeadFactory(form=other_form, city=leads["chongqing"].city)
    html = client.get(LEADS).content.decode()
    assert "另一表单" not in html
    assert "重庆" not in html
    assert "绵阳" not in html


def test_own_leads_are_read_and_deleted(leads, client):
    own = leads["chengdu"]
    assert client.get(f"{LEADS}inspect/{own.pk}/").status_code == 200
    assert client.post(f"{LEADS}delete/{own.pk}/").status_code == 302
    assert not Lead.objects.filter(pk=own.pk).exists()


@pytest.mark.parametrize("name", ["mianyang", "chongqing", "nowhere"])
@pytest.mark.parametrize("view", ["inspect", "delete"])
def test_others_leads_are_neither_read_nor_deleted(leads, client, name, view):
    path = f"{LEADS}{view}/{leads[name].pk}/"
    for response in (client.get(path), client.post(path)):
        assert response.status_code in (302, 405)
        assert response.headers.get("Location", "/admin/") == "/admin/"
        assert leads[name].receipt.encode() not in response.content
    assert Lead.objects.count() == 4


@pytest.mark.parametrize("query", [{}, {"q": "Ltd"}, {"source": "html"}])
def test_exports_hold_own_leads_only(leads, client, query):
    path = f"{LEADS}export/?{urlencode(query)}"
    response = client.post(path, {"export": "csv", "purpose": "月报"})
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert len(rows) == 2
    assert leads["chengdu"].receipt in rows[1]
    response = client.post(path, {"export": "xlsx", "purpose": "月报"})
    assert response.status_code == 200
