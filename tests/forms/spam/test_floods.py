"""A network that sends without end fills no database: it is refused, told until when, and what was typed is kept."""

import pytest
import time_machine
from django.test import Client

from forms.models import Lead, LeadSettings, RateCounter, Touch
from tests.forms.test_api import send

pytestmark = pytest.mark.django_db

NETWORK = {"REMOTE_ADDR": "8.8.8.8"}


@pytest.fixture(autouse=True)
def limit():
    settings = LeadSettings.load()
    settings.network_limit = 1
    settings.save()


@pytest.fixture(autouse=True)
def quarter_past():
    with time_machine.travel("2026-11-25T10:15:00+08:00", tick=False):
        yield


@pytest.fixture
def flood(form_page, answers):
    """Ten submissions of one network, where one is nothing unusual."""
    for number in range(10):
        mobile = f"138001380{number:02}"
        assert post({**answers, "mobile": mobile}).status_code == 201


def post(answers, **headers):
    return send({"answers": answers}, **{**NETWORK, **headers})


def post_page(form_page, answers):
    return Client(**NETWORK).post(f"/forms/{form_page.pk}/submissions/", answers)


def test_program_is_told_until_when(flood, answers):
    response = post({**answers, "mobile": "13900139000"})
    assert response.status_code == 429
    assert response["Retry-After"] == str(45 * 60)
    assert response["Content-Type"] == "application/problem+json"


def test_nothing_of_it_is_stored_or_counted(flood, answers):
    before = (Lead.objects.count(), Touch.objects.count())
    counted = list(RateCounter.objects.values_list("key", "count"))
    post({**answers, "mobile": "13900139000"})
    assert (Lead.objects.count(), Touch.objects.count()) == before
    assert list(RateCounter.objects.values_list("key", "count")) == counted


def test_page_keeps_what_was_typed(flood, form_page, answers):
    response = post_page(form_page, {**answers, "mobile": "13900139000"})
    assert response.status_code == 429
    assert response["Retry-After"] == str(45 * 60)
    page = response.content.decode()
    assert "13900139000" in page
    assert "您所在的网络提交过于频繁" in page


def test_text_that_was_agreed_to_is_kept_unseen(flood, form_page, answers):
    digest = "ab" * 32
    sent = {**answers, "mobile": "13900139000", "news": digest}
    page = post_page(form_page, sent).content.decode()
    assert f'<input type="hidden" name="news" value="{digest}">' in page


def test_repeat_of_something_stored_gets_its_receipt(flood, answers):
    response = post({**answers, "mobile": "13800138000"})
    assert response.status_code == 201


def test_other_networks_are_not_refused(flood, answers):
    response = post({**answers, "mobile": "13900139000"}, REMOTE_ADDR="9.9.9.9")
    assert response.status_code == 201


def test_next_hour_is_another_one(flood, answers):
    with time_machine.travel("2036-11-25T10:15:00+08:00"):
        assert post({**answers, "mobile": "13900139000"}).status_code == 201
