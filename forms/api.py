"""What the delivery API says about forms, and how a program sends one."""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Annotated, Any, Literal

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import Field, Header, Query, Router, Schema, Status
from ninja.decorators import decorate_view
from ninja.errors import HttpError
from ninja.errors import ValidationError as InvalidRequest
from pydantic import ConfigDict

from cms.api.errors import problem_response
from cms.api.registry import register_page_schema
from cms.api.schemas import PageSchema
from cms.api.schemas.pages import resolved
from cms.api.scope import Scope
from forms.blocks import FormField, FormFieldsBlock
from forms.context import build_context, network_of
from forms.leads import capture_lead
from forms.limits import is_longer_than
from forms.models import FormPage, Lead
from forms.origin import is_cross_site
from forms.storing import IdempotencyConflict

router = Router(tags=["forms"])

LARGEST_SUBMISSION = 64 * 1024
FormSlug = Annotated[str, Field(pattern=r"^[^\x00]+$", max_length=255)]
IdempotencyKey = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        pattern=r"^[\x21-\x7e]*$",
        max_length=255,
        description="A UUID or the like, new for each submission and the same when one is sent again.",
    ),
]
KEY_WAS_USED = (
    "This Idempotency-Key has come with other answers before; nothing was stored. "
    "Send these with a key of their own."
)
Run = Callable[..., HttpResponse]


class FieldChoiceSchema(Schema):
    value: str
    label: str
    group: str = Field(description="Heading of a group of choices, or empty.")


class FormFieldSchema(Schema):
    """One question. `choices` is null where visitors write freely."""

    key: str = Field(description="The stable name, as `answers` wants it.")
    type: str = Field(json_schema_extra={"enum": [*FormFieldsBlock().child_blocks]})
    label: str
    help_text: str
    required: bool
    choices: list[FieldChoiceSchema] | None


class FormPageSchema(PageSchema):
    """A form with all that a front end needs to show it; `answers_schema` describes `answers`."""

    type: Literal["forms.FormPage"]
    intro: str
    fields: list[FormFieldSchema]
    answers_schema: dict[str, Any]
    submit_label: str

    resolve_intro = resolved("intro")

    @staticmethod
    def resolve_fields(form_page: FormPage) -> list[dict[str, Any]]:
        return [describe_field(field, form_page) for field in form_page.get_fields()]

    @staticmethod
    def resolve_answers_schema(form_page: FormPage) -> dict[str, Any]:
        return form_page.get_json_schema()


register_page_schema(FormPage, FormPageSchema)


def describe_field(field: FormField, form_page: FormPage) -> dict[str, Any]:
    groups = field.block.get_choices(field.value, page=form_page)
    return {
        "key": field.key,
        "type": field.type,
        "label": field.label,
        "help_text": field.value["help_text"] or "",
        "required": field.required,
        "choices": groups
        and [
            {"value": value, "label": label, "group": group}
            for group, pairs in groups
            for value, label in pairs
        ],
    }


class UtmSchema(Schema):
    model_config = ConfigDict(extra="forbid")

    source: str = ""
    medium: str = ""
    campaign: str = ""
    term: str = ""
    content: str = ""


class SubmissionSchema(Schema):
    """Answers by the fields' keys, and where they come from: all but the answers may be left out."""

    model_config = ConfigDict(extra="forbid")

    answers: dict = Field(
        description="As the form's `answers_schema` says.",
        json_schema_extra={
            "additionalProperties": {"type": ["string", "boolean", "null"]}
        },
        examples=[{"name": "张三", "mobile": "13800138000"}],
    )
    page: int | None = Field(None, description="Id of the page that the form stood on.")
    city: str | None = Field(None, description="Slug of the visitor's city.")
    page_url: str = Field("", description="Address of the page that the form stood on.")
    referrer: str = Field("", description="Address that led the visitor to the site.")
    proof: str = Field(
        "",
        description="What the widget has made of `forms/{slug}/challenge/`; without it, it counts as unverified.",
    )
    website: str = Field("", description="Leave it empty: a trap for robots.")
    utm: UtmSchema = Field(
        default_factory=UtmSchema,
        description="The campaign. Not given: read from `page_url`.",
    )


class ThanksSchema(Schema):
    title: str
    text: str


class ReceiptSchema(Schema):
    """The submission is stored. `receipt` is what the visitor may ask about it by."""

    receipt: str
    thanks: ThanksSchema


def only_small_json_from_here(run: Run) -> Run:
    """View decorator: refuses what a browser sends for another site, what is not JSON, what is too long for a form."""

    @wraps(run)
    def guarded_run(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if is_cross_site(request):
            detail = "Browsers may send this form only from its own site."
            return problem_response(403, detail)
        if request.content_type != "application/json":
            detail = "Send the submission as application/json."
            return problem_response(415, detail)
        if is_longer_than(LARGEST_SUBMISSION, request):
            detail = f"A submission has at most {LARGEST_SUBMISSION} bytes."
            return problem_response(413, detail)
        return run(request, **kwargs)

    return guarded_run


@router.get(
    "/{slug}/",
    response=FormPageSchema,
    url_name="detail_form",
    operation_id="forms_detail",
    summary="Form",
)
def get_form(request: HttpRequest, slug: FormSlug, scope: Query[Scope]) -> FormPage:
    return find_form(slug, scope)


@router.post(
    "/{slug}/submissions/",
    response={201: ReceiptSchema},
    url_name="create_submission",
    operation_id="submissions_create",
    summary="Send a form",
)
@decorate_view(only_small_json_from_here)
def create_submission(
    request: HttpRequest,
    slug: FormSlug,
    scope: Query[Scope],
    submission: SubmissionSchema,
    idempotency_key: IdempotencyKey = "",
) -> Status[dict[str, Any]]:
    """Answered with 201 when it is stored, exactly once: the same key with the same answers gives the same receipt."""
    form_page = find_form(slug, scope)
    refuse_unknown_fields(form_page, submission.answers)
    context = build_context(
        Lead.Source.API,
        page_id=submission.page,
        city_slug=submission.city,
        page_url=submission.page_url,
        referrer=submission.referrer,
        utm=submission.utm.dict(),
        idempotency_key=idempotency_key,
        proof=submission.proof,
        trap=submission.website,
        network=network_of(request),
    )
    try:
        touch = capture_lead(form_page, submission.answers, context)
    except ValidationError as error:
        raise InvalidRequest(list(field_problems(error))) from None
    except IdempotencyConflict:
        raise HttpError(409, KEY_WAS_USED) from None
    thanks = {"title": form_page.thanks_title, "text": form_page.thanks_text}
    return Status(201, {"receipt": touch.receipt, "thanks": thanks})


def find_form(slug: str, scope: Scope) -> FormPage:
    form_page = FormPageSchema.load(scope.pages(FormPage)).filter(slug=slug).first()
    if form_page is None:
        raise Http404("No public form with this slug in this site and language.")
    return form_page


def refuse_unknown_fields(form_page: FormPage, answers: dict[str, Any]) -> None:
    known = form_page.get_keys()
    unknown = answers.keys() - {*known, *form_page.retired_fields}
    if unknown:
        message = f"Unknown field. Known here: {', '.join(known)}"
        raise InvalidRequest(
            [
                {"type": "unknown_field", "loc": location(key), "msg": message}
                for key in sorted(unknown)
            ]
        )


def field_problems(error: ValidationError) -> Iterator[dict[str, Any]]:
    for key, errors in error.error_dict.items():
        for each in errors:
            for message in each.messages:
                yield {
                    "type": each.code or "invalid",
                    "loc": location(key),
                    "msg": message,
                }


def location(key: str) -> list[str]:
    # What a client makes up may hold characters that no answer can be encoded with.
    return ["body", "answers", key[:100].encode(errors="replace").decode()]
