"""Every failure leaves the delivery API as `application/problem+json` (RFC 9457); nothing else builds an error."""

import json
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import (
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
)
from django.core.signals import got_request_exception
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.log import log_response
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError

PROBLEM_JSON = "application/problem+json"
DATABASE_GONE = "The database cannot be reached at the moment; nothing was stored. Try again shortly."


class FieldProblem(Schema):
    """One thing that is wrong with a request."""

    type: str
    loc: list[str | int]
    msg: str


class Problem(Schema):
    """What went wrong, after RFC 9457."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""
    errors: list[FieldProblem] = []


def problem_response(
    status: int, detail: str = "", *, errors: Iterable[dict[str, Any]] = ()
) -> HttpResponse:
    """A `Problem`, written without it: what is wrong may hold characters that no schema accepts."""
    problem: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    if errors:
        names = FieldProblem.model_fields
        problem["errors"] = [{name: each[name] for name in names} for each in errors]
    return HttpResponse(json.dumps(problem), status=status, content_type=PROBLEM_JSON)


def register_exception_handlers(api: NinjaAPI) -> None:
    api.add_exception_handler(ValidationError, invalid_request)
    api.add_exception_handler(Http404, not_found)
    api.add_exception_handler(HttpError, http_error)
    api.add_exception_handler(PermissionDenied, permission_denied)
    api.add_exception_handler(RequestDataTooBig, too_large)
    api.add_exception_handler(SuspiciousOperation, bad_request)
    api.add_exception_handler(OperationalError, database_gone)
    api.add_exception_handler(InterfaceError, database_gone)
    api.add_exception_handler(Exception, server_error)


def invalid_request(request: HttpRequest, error: Any) -> HttpResponse:
    errors = [
        # Pydantic puts the kind of error before messages that are ours.
        {**each, "msg": each["msg"].removeprefix("Value error, ")}
        for each in error.errors
    ]
    return problem_response(422, " ".join(_sentences(errors)), errors=errors)


def _sentences(errors: Iterable[dict[str, Any]]) -> Iterable[str]:
    for error in errors:
        name = ".".join(str(part) for part in error["loc"][1:])
        yield f"{name}: {error['msg'].rstrip('.')}."


def not_found(request: HttpRequest, error: Any) -> HttpResponse:
    return problem_response(404, str(error) or "Nothing public is found here.")


def http_error(request: HttpRequest, error: Any) -> HttpResponse:
    return problem_response(error.status_code, str(error))


def permission_denied(request: HttpRequest, error: Any) -> HttpResponse:
    return problem_response(403, str(error))


def too_large(request: HttpRequest, error: Any) -> HttpResponse:
    return problem_response(413, "The request is too large.")


def bad_request(request: HttpRequest, error: Any) -> HttpResponse:
    return problem_response(400, "The request cannot be read.")


def database_gone(request: HttpRequest, error: Any) -> HttpResponse:
    """What was to be written is not: an error that leaves it open carries its own words in `detail`."""
    detail = getattr(error, "detail", "") or DATABASE_GONE
    response = problem_response(503, detail)
    response.headers["Retry-After"] = "10"
    return response


def server_error(request: HttpRequest, error: Any) -> HttpResponse:
    """Reported as Django reports it; the answer tells nothing of what is inside."""
    if settings.DEBUG:
        raise error
    got_request_exception.send(sender=None, request=request)
    response = problem_response(500, "Something is wrong on our side.")
    log_response(
        "Internal Server Error: %s",
        request.path,
        response=response,
        request=request,
        exception=error,
    )
    return response
