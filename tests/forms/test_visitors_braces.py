"""What visitors type is never read as a placeholder, wherever it is shown again."""

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from forms.models import Lead
from tests.factories import (
    CityFactory,
    CityPageFactory,
    FormPageFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

TYPED = "{city}{城市}｛电话｝{{phone}}"


@pytest.fixture
def city_page():
    return CityPageFactory(city=CityFactory(short_name="成都", phone="028-12340000"))


def send(form_page, answers, page=None):
    path = reverse("forms:submit", args=[form_page.pk])
    headers = {"referer": f"http://testserver{page.url}"} if page else {}
    return Client().post(path, answers, headers=headers)


def test_an_answer_is_kept_as_it_was_typed(form_page, answers, city_page):
    send(form_page, answers | {"company": TYPED, "name": TYPED[:20]}, city_page)
    lead = Lead.objects.get()
    assert lead.company == TYPED
    assert lead.name == TYPED[:20]
    assert TYPED in [answer["value"] for answer in lead.answers]


def test_a_form_that_is_shown_again_has_what_was_typed(form_page, answers, city_page):
    wrong = answers | {"company": TYPED, "mobile": "{phone}"}
    response = send(form_page, wrong, city_page)
    html = response.content.decode()
    assert TYPED in html
    assert 'value="{phone}"' in html
    assert "028-12340000" not in html.partition("<form")[2].partition("</form>")[0]


def test_the_receipt_shows_nothing_that_was_resolved(form_page, answers, city_page):
    response = send(form_page, answers | {"name": "{city}"}, city_page)
    html = Client().get(response.url).content.decode()
    assert "{city}" not in html
    assert "成都" not in html.partition("<main")[2].partition("</main>")[0]


def test_an_editor_reads_what_was_typed(form_page, answers, client):
    send(form_page, answers | {"company": TYPED})
    client.force_login(UserFactory(is_superuser=True))
    path = reverse("leads:inspect", args=[Lead.objects.get().pk])
    assert TYPED in client.get(path).content.decode()


@pytest.mark.parametrize("query", ["?q={city}", "?category={city}", "?page={phone}"])
def test_a_query_is_not_read(city_page, query):
    city_page.title = "{city}认证"
    city_page.save_revision().publish()
    html = Client().get(city_page.url + query).content.decode()
    plain = Client().get(city_page.url).content.decode()
    assert html.count("成都") == plain.count("成都")
    assert html.count("028-12340000") == plain.count("028-12340000")


class AnswerProperties(TestCase):
    @settings(max_examples=25, deadline=None)
    @given(company=st.text(st.sampled_from("{}｛｝city城市"), min_size=1, max_size=30))
    def test_no_braces_of_any_kind_change(self, company):
        form_page = FormPageFactory()
        answers = {"name": "张三", "mobile": "13800138000", "landline": "028-85550100"}
        form = form_page.get_form({**answers, "company": company, "project": ""})
        form.is_valid()
        assert form.cleaned_data["company"] == company
