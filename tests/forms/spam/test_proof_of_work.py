"""A proof of work marks a lead as verified. None of what is wrong with one refuses a visitor."""

import base64
from datetime import timedelta

import altcha
import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone

from forms.models import Lead, Touch, UsedChallenge
from forms.models.leads import Status
from forms.spam.challenges import (
    LIFETIME,
    Outcome,
    Salt,
    issue_challenge,
    read_proof,
    use_proof,
)
from forms.spam.forgetting import KEPT
from tests.factories import FormPageFactory
from tests.forms.spam.proofs import begin, prove, solve, write

pytestmark = pytest.mark.django_db

FORM = "/api/v1/forms/quick-service/"
CHALLENGE = f"{FORM}challenge/"


@pytest.fixture(autouse=True)
def little_work(settings):
    settings.PROOF_OF_WORK_NUMBERS = 200


def send(answers, **fields):
    response = Client().post(
        f"{FORM}submissions/",
        {"answers": answers, **fields},
        content_type="application/json",
    )
    assert response.status_code == 201
    return Lead.objects.latest("pk")


class TestChallenge:
    def test_it_is_what_the_widget_expects(self, form_page):
        challenge = Client().get(CHALLENGE).json()
        assert challenge.keys() == {
            *("algorithm", "challenge", "maxnumber", "salt", "signature")
        }
        assert challenge["maxnumber"] == 200

    def test_nobody_else_gets_the_same(self, form_page):
        first, second = Client().get(CHALLENGE), Client().get(CHALLENGE)
        assert "no-store" in first.headers["Cache-Control"]
        assert first.json()["salt"] != second.json()["salt"]

    def test_nothing_is_written(self, form_page, django_assert_num_queries):
        Client().get(CHALLENGE)
        # Site, locale, root page, the form that nobody is kept from.
        with django_assert_num_queries(4) as queries:
            Client().get(CHALLENGE)
        assert all(query["sql"].startswith("SELECT") for query in queries)

    def test_it_is_good_for_20_to_30_minutes(self, form_page):
        salt = Salt.parse(issue_challenge(form_page).salt)
        assert 20 * 60 <= salt.expires - salt.issued <= 30 * 60

    def test_work_is_as_hard_as_the_settings_say(self, form_page, settings):
        settings.PROOF_OF_WORK_NUMBERS = 77
        assert Client().get(CHALLENGE).json()["maxnumber"] == 77

    def test_form_that_nobody_can_see_has_none(self, form_page):
        form_page.unpublish()
        assert Client().get(CHALLENGE).status_code == 404

    def test_key_is_not_the_secret_key(self, form_page, settings):
        challenge = issue_challenge(form_page)
        proof = altcha.Payload(
            *(challenge.algorithm, challenge.challenge),
            altcha.solve_challenge(challenge).number,
            *(challenge.salt, challenge.signature),
        )
        assert not altcha.verify_solution(proof, settings.SECRET_KEY)[0]


class TestVerified:
    def test_lead_with_a_proof_is_verified(self, form_page, answers):
        lead = send(answers, proof=prove(form_page))
        assert (lead.is_verified, lead.status) == (True, Status.NEW)
        assert lead.first_touch.is_verified

    def test_lead_without_a_proof_is_unverified_and_no_spam(self, form_page, answers):
        lead = send(answers)
        assert (lead.is_verified, lead.status) == (False, Status.NEW)

    def test_proof_of_the_page(self, form_page, answers):
        path = f"/forms/{form_page.pk}/submissions/"
        Client().post(path, {**answers, "_proof": prove(form_page)})
        assert Lead.objects.get().is_verified

    def test_lead_is_verified_by_any_of_its_touches(self, form_page, answers):
        send(answers)
        send({**answers, "name": "张先生"}, proof=prove(form_page))
        assert Lead.objects.get().is_verified
        assert [touch.is_verified for touch in Touch.objects.all()] == [False, True]

    def test_proof_from_before_the_secret_was_changed(self, form_page, settings):
        proof = prove(form_page)
        old = settings.SECRET_KEY
        settings.SECRET_KEY = "another"
        assert use_proof(form_page, proof) == Outcome.FORGED
        settings.SECRET_KEY_FALLBACKS = [old]
        assert use_proof(form_page, proof) == Outcome.VALID


class TestReplay:
    def test_second_use_is_suspicious(self, form_page, answers):
        proof = prove(form_page)
        send(answers, proof=proof)
        lead = send({**answers, "mobile": "13900139000"}, proof=proof)
        assert (lead.is_verified, lead.spam_reasons) == (False, ["proof_reused"])

    def test_retry_of_the_same_submission_is_none(self, form_page, answers):
        """The answer was lost; the client sends the very same again."""
        proof = prove(form_page)
        send(answers, proof=proof)
        assert send(answers, proof=proof).status == Status.NEW
        assert Lead.objects.count() == Touch.objects.count() == 1

    def test_refused_submission_uses_nothing_up(self, form_page, answers):
        proof = prove(form_page)
        wrong = {"answers": {**answers, "mobile": "1"}, "proof": proof}
        response = Client().post(
            f"{FORM}submissions/", wrong, content_type="application/json"
        )
        assert response.status_code == 422
        assert send(answers, proof=proof).is_verified

    def test_failed_transaction_uses_nothing_up(self, form_page):
        proof = prove(form_page)
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            assert use_proof(form_page, proof) == Outcome.VALID
            raise ZeroDivisionError
        assert use_proof(form_page, proof) == Outcome.VALID

    def test_it_is_remembered_until_it_expires(self, form_page):
        proof = prove(form_page)
        use_proof(form_page, proof)
        call_command("forget_spam_traces")
        assert use_proof(form_page, proof) == Outcome.REUSED
        with time_machine.travel(timezone.now() + LIFETIME):
            call_command("forget_spam_traces")
            assert use_proof(form_page, proof) == Outcome.EXPIRED
        with time_machine.travel(timezone.now() + LIFETIME + KEPT):
            call_command("forget_spam_traces")
        assert not UsedChallenge.objects.exists()


class TestTime:
    def test_expired_proof_is_unverified_and_no_spam(self, form_page, answers):
        with time_machine.travel(timezone.now() - LIFETIME - timedelta(seconds=5)):
            proof = solve(issue_challenge(form_page))
        lead = send(answers, proof=proof)
        assert (lead.is_verified, lead.status) == (False, Status.NEW)

    def test_form_that_is_sent_within_two_seconds_is_suspicious(
        self, form_page, answers
    ):
        lead = send(answers, proof=solve(issue_challenge(form_page)))
        assert (lead.is_verified, lead.spam_reasons) == (False, ["too_fast"])

    def test_clock_that_jumps_back_makes_nobody_suspicious(self, form_page, answers):
        with time_machine.travel(timezone.now() + timedelta(minutes=5)):
            proof = solve(issue_challenge(form_page))
        assert send(answers, proof=proof).is_verified


class TestForgery:
    @pytest.mark.parametrize(
        "changes",
        [
            {"signature": "0" * 64},
            {"challenge": "0" * 64},
            {"number": 100_000_000},
        ],
    )
    def test_what_we_have_not_signed_is_suspicious(self, form_page, answers, changes):
        challenge = begin(form_page)
        number = altcha.solve_challenge(challenge).number
        lead = send(answers, proof=write(challenge, **{"number": number, **changes}))
        assert (lead.is_verified, lead.spam_reasons) == (False, ["proof_forged"])

    def test_proof_for_another_form(self, form_page):
        proof = prove(FormPageFactory(slug="other"))
        assert use_proof(form_page, proof) == Outcome.FORGED

    def test_longer_life_cannot_be_written_into_it(self, form_page):
        """The library alone would look for the first `expires` that it finds in the salt."""
        with time_machine.travel(timezone.now() - LIFETIME - timedelta(minutes=1)):
            challenge = issue_challenge(form_page)
        number = altcha.solve_challenge(challenge).number
        longer = challenge.salt.replace("?", "?expires=9999999999&", 1)
        proof = write(challenge, number, salt=longer)
        assert use_proof(form_page, proof) == Outcome.FORGED

    @pytest.mark.parametrize(
        "proof",
        [
            "x",
            "\udcff",
            "é" * 20,
            "A" * 5000,
            base64.b64encode(b"[1]").decode(),
            base64.b64encode(b"{}").decode(),
            base64.b64encode(b"[" * 900).decode(),
            base64.b64encode(b"\xff\xfe").decode(),
            base64.b64encode(b'{"salt": {}, "number": true}').decode(),
        ],
    )
    def test_what_cannot_be_read_stops_nothing(self, form_page, proof):
        assert read_proof(proof) is None
        assert use_proof(form_page, proof) == Outcome.FORGED
