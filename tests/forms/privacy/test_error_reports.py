"""When something breaks, neither the log nor the report that administrators get says what a visitor has typed."""

import sys

import pytest
from django.core.signals import got_request_exception
from django.test import Client
from django.views.debug import ExceptionReporter

from forms import leads
from forms.models import Touch
from tests.forms.test_api import SUBMISSIONS

pytestmark = pytest.mark.django_db

TYPED = ["张三", "13800138000", "138 0013 8000", "85550100", "蓉城精密机械有限公司"]


@pytest.fixture
def reports():
    """The reports of what broke, as Django would send them: with all local variables that are not hidden."""
    texts = []

    def report(sender, request=None, **kwargs):
        reporter = ExceptionReporter(request, *sys.exc_info(), is_email=True)
        texts.append(reporter.get_traceback_text() + reporter.get_traceback_html())

    got_request_exception.connect(report)
    yield texts
    got_request_exception.disconnect(report)


@pytest.fixture
def broken(monkeypatch):
    def fail(form_page, context, submission):
        # As deep in Django as a query is, whose functions hide nothing.
        raise RuntimeError("The disk is full.")

    monkeypatch.setattr(leads, "store_submission", fail)


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


def send_page(client, form_page, answers):
    return client.post(f"/forms/{form_page.pk}/submissions/", answers)


def send_json(client, form_page, answers):
    body = {"answers": answers}
    return client.post(SUBMISSIONS, body, content_type="application/json")


def ask(client, form_page, answers):
    data = {"receipt": "ABCDE-23456", "phone": answers["mobile"], "kind": "copy"}
    return client.post("/forms/data-requests/", {**data, "message": answers["name"]})


def assert_silent(text):
    assert [typed for typed in TYPED if typed in text] == []


@pytest.mark.parametrize("send", [send_page, send_json])
def test_broken_submission_is_reported_without_it(
    broken, reports, client, form_page, answers, caplog, send
):
    assert send(client, form_page, answers).status_code == 500
    [report] = reports
    assert "The disk is full." in report
    assert_silent(report)
    assert_silent(caplog.text)


def test_broken_request_for_data_is_reported_without_it(
    reports, client, form_page, answers, caplog, monkeypatch
):
    def fail(*args, **kwargs):
        raise RuntimeError("The disk is full.")

    monkeypatch.setattr(Touch.objects.__class__, "select_related", fail, raising=False)
    assert ask(client, form_page, answers).status_code == 500
    [report] = reports
    assert "The disk is full." in report
    assert_silent(report)
    assert_silent(caplog.text)


@pytest.mark.parametrize("send", [send_page, send_json])
def test_refused_submission_is_logged_without_it(
    client, form_page, answers, caplog, send
):
    answers = {**answers, "mobile": "1380013800", "project": "张三"}
    assert send(client, form_page, answers).status_code == 422
    assert_silent(caplog.text)
    assert "1380013800" not in caplog.text
