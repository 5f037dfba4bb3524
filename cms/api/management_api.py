"""Wagtail's own API (v3) is for authenticated management: nothing of it answers without a token but its documentation.

By itself it would tell anybody the redirects of all sites and the addresses of original images.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import re_path
from ninja import NinjaAPI
from wagtail.api.v3.auth import BearerTokenAuth
from wagtail.utils.urlpatterns import decorate_urlpatterns

from cms.api.errors import problem_response
from cms.api.policy import unknown_path

View = Callable[..., HttpResponse]

DOCUMENTATION = {"openapi-json", "openapi-view"}


def management_urls(api: NinjaAPI) -> Any:
    patterns, app_name, namespace = api.urls
    patterns.append(re_path("", unknown_path, name="unknown_path"))
    closed = [
        each for each in patterns if getattr(each, "name", "") not in DOCUMENTATION
    ]
    decorate_urlpatterns(closed, token_required)
    return patterns, app_name, namespace


def token_required(view: View) -> View:
    """Answers 401 unless the request bears the token of an active user. A session is no help."""
    authenticate = BearerTokenAuth()

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if authenticate(request):
            return view(request, *args, **kwargs)
        detail = "Send the token of an editor: Authorization: Bearer wagtail_…"
        response = problem_response(401, detail)
        response.headers["WWW-Authenticate"] = "Bearer"
        return response

    wrapper.csrf_exempt = True  # type: ignore[attr-defined]  # no cookie is ever trusted here
    return wrapper
