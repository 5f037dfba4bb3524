"""What requests may ask, and how: a parameter that an operation does not know is an error, never ignored."""

import inspect
import re
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


# The pattern stands in the contract too. Without it a number would be read as seconds since 1970.
MOMENT = (
    r"^(19|2\d)\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
    r"([T ]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)?)?$"
)


def _refuse_other_notations(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(MOMENT, value, re.ASCII):
        raise ValueError(
            "Write a date or a time as 2026-01-31 or 2026-01-31T08:00:00Z (in an address, + is %2B)"
        )
    return value


def _make_aware(value: datetime) -> datetime:
    return timezone.make_aware(value) if timezone.is_naive(value) else value


Moment = Annotated[
    datetime,
    BeforeValidator(_refuse_other_notations),
    AfterValidator(_make_aware),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": MOMENT,
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
