"""What storing a submission costs, however many leads, rules and channels there are."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.outbox.models import Channel, Message
from forms.models import NotificationRule

pytestmark = pytest.mark.django_db


def count(answers, mobile):
    client = Client()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = client.post(
            "/api/v1/forms/quick-service/submissions/",
            {"answers": {**answers, "mobile": mobile}},
            content_type="application/json",
            headers={"Idempotency-Key": mobile},
        )
    assert response.status_code == 201
    own = [
        q for q in queries if "SAVEPOINT" not in q["sql"] and "advisory" not in q["sql"]
    ]
    return len(own)


def test_new_lead(form_page, answers):
    count(answers, "13900139001")
    assert count(answers, "13900139002") <= 19


def test_repeated_request_writes_nothing(form_page, answers):
    count(answers, "13900139001")
    assert count(answers, "13900139001") <= 7


def test_number_of_rules_does_not_matter(form_page, answers):
    for number in range(5):
        channel = Channel.objects.create(name=str(number), kind="log")
        rule = NotificationRule.objects.create(name="x", events=["lead.created"])
        rule.channels.add(channel)
    count(answers, "13900139001")
    # One for each message that is stored.
    assert count(answers, "13900139002") <= 19 + 5
    assert Message.objects.count() == 10


def test_consents_cost_a_look_and_a_row_each(form_page, answers):
    for key in ("a", "b"):
        value = {"key": key, "label": "同意", "required": False}
        form_page.fields.append(("consent", value))
    form_page.save_revision().publish()
    count(answers, "13900139001")
    # The site once, for the notice; each text and each consent.
    assert count(answers, "13900139002") <= 19 + 5
