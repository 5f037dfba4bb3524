"""What requests may ask, and how: a parameter that an operation does not know is an error, never ignored."""

import inspect
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import wraps
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja.errors import ValidationError
from ninja.operation import Operation
from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

Run = Callable[..., HttpResponse]

PageId = Annotated[int, Field(ge=1, le=2**31 - 1)]
Slug = Annotated[str, Field(pattern=r"^[a-zA-Z0-9_-]+$", max_length=100)]
# No database stores a NUL character, and PostgreSQL refuses to look for one.
Text = Annotated[str, Field(pattern=r"^[^\x00]+$", max_length=200)]


def _refuse_timestamp(value: Any) -> Any:
    if isinstance(value, str) and "-" not in value:
        message = "Write a date or a time as 2026-01-31 or 2026-01-31T08:00:00Z"
        raise ValueError(message)
    return value


def _make_aware(value: datetime) -> datetime:
    # Nearer to the ends of the calendar, changing the time zone overflows.
    if not 1900 <= value.year <= 2999:
        raise ValueError("Use a year from 1900 to 2999")
    return timezone.make_aware(value) if timezone.is_naive(value) else value


Moment = Annotated[
    datetime,
    BeforeValidator(_refuse_timestamp),
    AfterValidator(_make_aware),
    WithJsonSchema(
        {
            "type": "string",
            "examples": ["2026-01-31", "2026-01-31T08:00:00Z"],
            "description": "A date or a time. Without an offset: in the site's time zone.",
        }
    ),
]


def known_parameters(operation: Operation) -> frozenset[str]:
    """The names of the query parameters that an operation takes."""
    return frozenset(
        name
        for model in operation.models
        if model.__ninja_param_source__ == "query"
        for name in model.__ninja_flatten_map__
    )


def refuse_unknown_parameters(run: Run) -> Run:
    """View decorator for a whole API: answers 422 and names each parameter that is unknown or given twice."""
    operation = inspect.unwrap(run).__self__
    known = known_parameters(operation)

    @wraps(run)
    def checked_run(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if errors := list(_parameter_errors(request, known)):
            return operation.api.on_exception(request, ValidationError(errors))
        return run(request, **kwargs)

    return checked_run


def _parameter_errors(
    request: HttpRequest, known: frozenset[str]
) -> Iterator[dict[str, Any]]:
    for name, values in request.GET.lists():
        if name not in known:
            message = (
                f"Unknown parameter. Known here: {', '.join(sorted(known)) or 'none'}"
            )
            yield {"type": "unknown_parameter", "loc": ["query", name], "msg": message}
        elif len(values) > 1:
            message = "Give this parameter once"
            yield {"type": "repeated_parameter", "loc": ["query", name], "msg": message}
