"""However often a submission is sent, it is stored once."""

from datetime import timedelta

import pytest
import time_machine
from cryptography.fernet import Fernet
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from forms.context import LeadContext
from forms.leads import capture_lead
from forms.models import Lead, Touch
from forms.storing import IdempotencyConflict

pytestmark = pytest.mark.django_db

HTML = LeadContext(source=Lead.Source.HTML)
KEY = "0b0a0de7-5c1e-4b1c-8a55-1d1a2a3b4c5d"


def keyed(key=KEY):
    return LeadContext(source=Lead.Source.API, idempotency_key=key)


def post(answers, key=KEY):
    return Client().post(
        "/api/v1/forms/quick-service/submissions/",
        {"answers": answers},
        content_type="application/json",
        headers={"Idempotency-Key": key} if key is not None else {},
    )


def counts():
    return Lead.objects.count(), Touch.objects.count()


class TestKey:
    def test_same_key_and_answers_get_the_same_answer(self, form_page, answers):
        first, second = post(answers), post(answers)
        assert (first.status_code, first.content) == (201, second.content)
        assert second.status_code == 201
        assert counts() == (1, 1)

    def test_same_key_much_later_gets_the_same_answer(self, form_page, answers):
        first = capture_lead(form_page, answers, keyed())
        with time_machine.travel(timezone.now() + timedelta(days=30)):
            assert capture_lead(form_page, answers, keyed()) == first

    def test_same_key_with_other_answers_is_a_conflict(self, form_page, answers):
        post(answers)
        response = post({**answers, "company": "别家"})
        assert response.status_code == 409
        assert response["Content-Type"] == "application/problem+json"
        assert "Idempotency-Key" in response.json()["detail"]
        assert counts() == (1, 1)
        assert Lead.objects.get().company == answers["company"]

    def test_conflict_is_told_apart_from_a_mistake(self, form_page, answers):
        capture_lead(form_page, answers, keyed())
        with pytest.raises(IdempotencyConflict):
            capture_lead(form_page, {**answers, "name": "李四"}, keyed())

    def test_refused_submission_does_not_use_up_its_key(self, form_page, answers):
        assert post({**answers, "mobile": "1"}).status_code == 422
        assert post(answers).status_code == 201

    @pytest.mark.parametrize("key", ["x" * 256, "with space", "键"])
    def test_key_that_is_none_is_refused_by_name(self, form_page, answers, key):
        response = post(answers, key)
        assert response.status_code == 422
        assert "dempotency" in response.content.decode()
        assert counts() == (0, 0)

    def test_keys_of_two_forms_are_two(self, form_page, answers):
        from tests.factories import FormPageFactory

        other = FormPageFactory(slug="other")
        capture_lead(form_page, answers, keyed())
        capture_lead(other, {**answers, "name": "李四"}, keyed())
        assert counts() == (2, 2)


class TestNoKey:
    def test_double_click_is_one_submission(self, form_page, answers):
        first = capture_lead(form_page, answers, HTML)
        assert capture_lead(form_page, answers, HTML) == first
        assert counts() == (1, 1)

    def test_reload_of_a_lost_answer_leads_to_the_same_receipt(
        self, form_page, answers
    ):
        path = f"/forms/{form_page.pk}/submissions/"
        urls = {Client().post(path, answers).url for _ in range(3)}
        assert len(urls) == 1
        assert counts() == (1, 1)

    def test_same_answers_after_the_window_are_asked_again(self, form_page, answers):
        first = capture_lead(form_page, answers, HTML)
        with time_machine.travel(timezone.now() + timedelta(minutes=11)):
            second = capture_lead(form_page, answers, HTML)
        assert second != first
        assert second.lead == first.lead


def test_key_is_known_after_the_encryption_key_has_changed(
    form_page, answers, settings
):
    old, new = settings.ENCRYPTION_KEYS[0], Fernet.generate_key().decode()
    first = capture_lead(form_page, answers, keyed())
    settings.ENCRYPTION_KEYS = [new, old]
    assert capture_lead(form_page, answers, keyed()) == first
    call_command("rotate_lead_keys")
    settings.ENCRYPTION_KEYS = [new]
    assert capture_lead(form_page, answers, keyed()) == first


def test_body_is_kept_as_a_hash_only(form_page, answers):
    touch = capture_lead(form_page, answers, keyed())
    assert len(touch.body_hash) == 32
    assert "13800138000" not in touch.body_hash
