"""A page is kept no longer than what stands on it is true."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from cms.core.freshness import limit_age, shorten_life


@pytest.fixture
def request_():
    return RequestFactory().get("/")


def limited(request, cache_control):
    response = HttpResponse(headers={"Cache-Control": cache_control})
    limit_age(request, response)
    return response.headers["Cache-Control"]


def test_soonest_change_decides(request_):
    for seconds in (30, 20, 40):
        shorten_life(request_, seconds)
    assert limited(request_, "public, max-age=60") == "public, max-age=20"


def test_change_far_away_lengthens_nothing(request_):
    shorten_life(request_, 3600)
    assert limited(request_, "public, max-age=60") == "public, max-age=60"


def test_what_never_changes_by_itself_is_left_alone(request_):
    assert limited(request_, "public, max-age=60") == "public, max-age=60"


def test_page_that_is_not_kept_stays_so(request_):
    shorten_life(request_, 20)
    assert limited(request_, "private, no-store") == "private, no-store"
