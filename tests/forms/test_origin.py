"""Another site's page cannot send a form from a visitor's browser; programs and the site's own pages can."""

import pytest
from django.test import Client
from django.urls import reverse

from forms.models import Lead

pytestmark = pytest.mark.django_db

OWN = "http://testserver"


def send_html(form_page, answers, headers):
    path = reverse("forms:submit", args=[form_page.pk])
    return Client(enforce_csrf_checks=True).post(path, answers, headers=headers)


def send_json(form_page, answers, headers):
    path = reverse("delivery:create_submission", args=[form_page.slug])
    client = Client(enforce_csrf_checks=True)
    body = {"answers": answers}
    return client.post(path, body, content_type="application/json", headers=headers)


@pytest.fixture(params=[send_html, send_json], ids=["html", "api"])
def send(request, form_page, answers):
    return lambda **headers: request.param(form_page, answers, headers)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec_fetch_site": "same-origin", "origin": OWN},
        {"sec_fetch_site": "same-origin", "origin": "null"},
        {"sec_fetch_site": "same-origin", "origin": "https://name-before-the-proxy.cn"},
        {"sec_fetch_site": "none"},
        {"origin": OWN},
        {"referer": f"{OWN}/news/"},
    ],
    ids=str,
)
def test_own_pages_and_programs_may_send(send, headers):
    assert send(**headers).status_code in (201, 303)
    assert Lead.objects.count() == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"sec_fetch_site": "cross-site", "origin": OWN},
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
        {"origin": "http://["},
        {"origin": f"{OWN}.elsewhere.example"},
        {"origin": f"{OWN}:8080"},
        {"referer": "https://elsewhere.example/"},
    ],
    ids=str,
)
def test_other_sites_may_not(send, headers):
    response = send(**headers)
    assert response.status_code == 403
    assert "no-store" in response.headers["Cache-Control"]
    assert not Lead.objects.exists()


def test_refused_visitor_is_told_why(form_page, answers):
    response = send_html(form_page, answers, {"origin": "https://elsewhere.example"})
    assert form_page.url in response.content.decode()


@pytest.mark.parametrize("origin", ["https://www.example.com", "https://m.example.org"])
def test_trusted_front_ends_may_send(send, settings, origin):
    settings.CSRF_TRUSTED_ORIGINS = ["https://www.example.com", "https://*.example.org"]
    response = send(origin=origin, sec_fetch_site="cross-site")
    assert response.status_code in (201, 303)
