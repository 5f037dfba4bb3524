"""How the delivery API speaks HTTP, whatever the operation: HEAD, OPTIONS, errors, caching, other origins."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponsePermanentRedirect,
)
from django.urls import Resolver404, resolve
from django.utils import translation

from cms.api import errors
from cms.core.freshness import keep_until_changed
from cms.core.hosts import is_known_host

View = Callable[..., HttpResponse]

READ_METHODS = {"GET", "HEAD"}
NOTHING_HERE = (
    "There is nothing at this path. docs/ lists all paths; each ends with a slash."
)


def delivery_policy(view: View) -> View:
    """Decorates every view of the API."""

    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with translation.override(settings.LANGUAGE_CODE):
            response = _answer(view, request, *args, **kwargs)
            response.headers["Content-Language"] = translation.get_language()
        _set_headers(request, response)
        return response

    wrapper.csrf_exempt = True  # type: ignore[attr-defined]  # no cookie is ever trusted here
    return wrapper


def _answer(
    view: View, request: HttpRequest, *args: Any, **kwargs: Any
) -> HttpResponse:
    asked_method = request.method
    if asked_method == "HEAD":
        request.method = "GET"
    try:
        response = view(request, *args, **kwargs)
    except Http404:
        response = errors.problem_response(404, NOTHING_HERE)
    finally:
        request.method = asked_method
    if isinstance(response, HttpResponseNotAllowed):
        return _not_allowed(request, response)
    return response


def _not_allowed(request: HttpRequest, refusal: HttpResponseNotAllowed) -> HttpResponse:
    methods = {method.strip() for method in refusal.headers["Allow"].split(",")}
    if "GET" in methods:
        methods.add("HEAD")
    if request.method == "OPTIONS":
        response = HttpResponse(status=204)
        if "GET" in methods:
            response.headers["Access-Control-Allow-Origin"] = "*"
            response.headers["Access-Control-Allow-Methods"] = "GET, HEAD"
            response.headers["Access-Control-Allow-Headers"] = "*"
    else:
        detail = f"{request.method} is not possible here."
        response = errors.problem_response(405, detail)
    response.headers["Allow"] = ", ".join(sorted({*methods, "OPTIONS"}))
    return response


def _set_headers(request: HttpRequest, response: HttpResponse) -> None:
    """Reads are for everybody, from any origin, for a minute; everything else is for the one who asked."""
    if request.method in READ_METHODS:
        response.headers["Access-Control-Allow-Origin"] = "*"
    if "Cache-Control" in response.headers:
        return
    if request.method in READ_METHODS and response.status_code == 200:
        response.headers["Cache-Control"] = "public, max-age=60"
        keep_until_changed(response)
    else:
        response.headers["Cache-Control"] = "no-store"


def known_hosts_only(view: View) -> View:
    """Decorates every view of an API: a host name that is nobody's is a problem, as everything else that is wrong."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_known_host(request):
            return view(request, *args, **kwargs)
        response = errors.problem_response(404, "No site has this host name.")
        response.headers["Cache-Control"] = "no-store"
        return response

    return wrapper


def unknown_path(request: HttpRequest) -> HttpResponse:
    """Stands after all other paths of an API. Leads to the path that only lacks its closing slash."""
    if request.method in READ_METHODS and _lacks_only_a_slash(request.path_info):
        return HttpResponsePermanentRedirect(
            request.get_full_path(force_append_slash=True)
        )
    return errors.problem_response(404, NOTHING_HERE)


def _lacks_only_a_slash(path: str) -> bool:
    if path.endswith("/"):
        return False
    try:
        match = resolve(f"{path}/")
    except Resolver404:
        return False
    return match.url_name != "unknown_path"
