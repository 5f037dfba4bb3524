"""How programs ask, for a person, for what is kept of them."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from ninja import Field, Query, Router, Schema, Status
from ninja.decorators import decorate_view
from ninja.errors import ValidationError
from pydantic import BeforeValidator, ConfigDict

from cms.api.errors import problem_response
from cms.api.schemas import LocalTime
from cms.api.scope import Scope
from forms.api import only_small_json_from_here
from forms.models import DataRequest
from forms.privacy.asking import NOBODY, Asked, NoSuchPerson, ask
from forms.privacy.guessing import RETRY_AFTER, TOO_OFTEN, is_guessing
from forms.receipts import PATTERN, tidy_receipt

router = Router(tags=["data requests"])

Receipt = Annotated[
    str,
    BeforeValidator(lambda text: tidy_receipt(text) if isinstance(text, str) else text),
    Field(pattern=f"^{PATTERN}$", examples=["K7M4P-2XQ9D"]),
]


class AskSchema(Schema):
    model_config = ConfigDict(extra="forbid")

    receipt: Receipt = Field(description="That of a submission.")
    phone: str = Field(max_length=60, description="A number that was left with it.")
    kind: DataRequest.Kind
    message: str = Field("", max_length=1000, pattern=r"^[^\x00]*$")


class RequestSchema(Schema):
    """What has become of a request. It says nothing about the person; `proof` counts what was done."""

    number: str
    kind: DataRequest.Kind
    state: DataRequest.State
    due_on: str
    answered_at: LocalTime | None
    answer: str
    proof: dict[str, int]

    @staticmethod
    def resolve_due_on(request: DataRequest) -> str:
        return request.due_on.isoformat()


@router.post(
    "/",
    response={201: RequestSchema},
    url_name="create_data_request",
    operation_id="data_requests_create",
    summary="Ask for a copy, a correction, an erasure, or no more advertising",
)
@decorate_view(only_small_json_from_here)
def create_data_request(
    request: HttpRequest, scope: Query[Scope], asked: AskSchema
) -> Status[DataRequest] | HttpResponse:
    """Advertising ends at once; the rest waits for somebody who calls back. Asking again finds the open request."""
    if is_guessing(request, asked.receipt):
        response = problem_response(429, str(TOO_OFTEN))
        response.headers["Retry-After"] = str(RETRY_AFTER)
        return response
    try:
        return Status(201, ask(Asked(**asked.dict())))
    except NoSuchPerson:
        raise ValidationError([unknown_person()]) from None


@router.get(
    "/{number}/",
    response=RequestSchema,
    url_name="data_request",
    operation_id="data_requests_detail",
    summary="What has become of a request",
)
@decorate_view(never_cache)
def get_data_request(
    request: HttpRequest, number: Receipt, scope: Query[Scope]
) -> DataRequest:
    return get_object_or_404(DataRequest, number=number)


def unknown_person() -> dict[str, Any]:
    """One answer for a wrong receipt and a wrong number."""
    return {"type": "unknown_person", "loc": ["body", "asked"], "msg": str(NOBODY)}
