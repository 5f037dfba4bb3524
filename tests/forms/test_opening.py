"""A form opens and closes at its times: nobody can send it outside of them, and no cached page outlives them."""

from datetime import datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from forms.models import Lead
from tests.factories import FormPageFactory
from tests.forms.test_api import FORM, assert_problem, send
from tests.pages import build_site

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
CLOSED_TEXT = "活动已结束，欢迎致电。"


@pytest.fixture
def closed(project):
    before = timezone.now().replace(microsecond=0) - HOUR
    return FormPageFactory(closes_at=before, closed_text=CLOSED_TEXT)


class TestClosed:
    def test_page_says_so_in_the_place_of_the_questions(self, closed):
        soup = BeautifulSoup(Client().get(closed.url).content, "html.parser")
        form = soup.select_one(".quick-form")
        assert CLOSED_TEXT in form.text
        assert not form.select("input, select, button")

    def test_browser_is_told_and_nothing_is_stored(self, closed, answers):
        response = Client().post(reverse("forms:submit", args=[closed.pk]), answers)
        assert response.status_code == 409
        assert CLOSED_TEXT in response.content.decode()
        assert not Lead.objects.exists()

    def test_program_gets_a_problem_that_says_why(self, closed, answers):
        problem = assert_problem(send({"answers": answers}), 409)
        assert problem["detail"] == CLOSED_TEXT
        assert problem["errors"][0]["type"] == "closed"

    def test_wrong_answers_are_not_complained_about(self, closed):
        assert_problem(send({"answers": {}}), 409)

    def test_form_that_opens_later_is_closed(self, project, answers):
        FormPageFactory(opens_at=timezone.now() + HOUR)
        assert_problem(send({"answers": answers}), 409)

    def test_something_is_said_where_the_editor_says_nothing(self, project, answers):
        FormPageFactory(closes_at=timezone.now() - HOUR, closed_text="")
        assert assert_problem(send({"answers": answers}), 409)["detail"]

    def test_retry_of_what_is_stored_gets_its_receipt(self, form_page, answers):
        headers = {"Idempotency-Key": "a"}
        first = send({"answers": answers}, headers=headers).json()
        form_page.closes_at = timezone.now() - HOUR
        form_page.save()
        again = send({"answers": answers}, headers=headers)
        assert (again.status_code, again.json()) == (201, first)

    def test_api_tells_it(self, closed):
        form = Client().get(FORM).json()
        assert form["is_open"] is False
        assert form["opens_at"] is None
        assert datetime.fromisoformat(form["closes_at"]) == closed.closes_at
        assert form["closed_text"] == CLOSED_TEXT

    def test_editor_sees_the_questions_in_the_preview(self, closed, admin_client):
        closed.save_revision()
        path = f"/admin/pages/{closed.pk}/view_draft/"
        assert 'name="mobile"' in admin_client.get(path).content.decode()


class TestOpen:
    def test_form_is_open_between_its_times(self, project, answers):
        now = timezone.now()
        FormPageFactory(opens_at=now - HOUR, closes_at=now + HOUR)
        assert send({"answers": answers}).status_code == 201
        assert Client().get(FORM).json()["is_open"] is True

    def test_form_cannot_close_before_it_opens(self):
        now = timezone.now()
        with pytest.raises(ValidationError) as caught:
            FormPageFactory(opens_at=now, closes_at=now - HOUR)
        assert list(caught.value.message_dict) == ["closes_at"]


class TestCaches:
    def max_age(self, path):
        header = Client().get(path).headers["Cache-Control"]
        return int(header.partition("max-age=")[2])

    @pytest.mark.parametrize("moment", ["opens_at", "closes_at"])
    def test_nothing_is_kept_beyond_the_moment(self, moment):
        pages = build_site()
        setattr(pages["form"], moment, timezone.now() + timedelta(seconds=20))
        pages["form"].save()
        for name in ("form", "article", "home"):
            assert 0 <= self.max_age(pages[name].url) <= 20
        assert 0 <= self.max_age(FORM) <= 20

    def test_moment_far_away_changes_nothing(self, project):
        form_page = FormPageFactory(closes_at=timezone.now() + HOUR)
        assert self.max_age(form_page.url) == 60
        assert self.max_age(FORM) == 60


def test_editor_sets_the_times_and_the_rest_in_the_admin(admin_client, project):
    form_page = FormPageFactory()
    page = admin_client.get(f"/admin/pages/{form_page.pk}/edit/").content.decode()
    names = ("opens_at", "closes_at", "closed_text", "duplicate_window")
    for name in (*names, "retention_days", "privacy_purpose"):
        assert f'name="{name}"' in page
