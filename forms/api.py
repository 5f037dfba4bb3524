"""What the delivery API says about forms, and how a program sends one."""

from collections.abc import Callable, Iterator
from datetime import datetime
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
from cms.core.models import SiteSettings
from cms.core.origin import is_cross_site
from forms.blocks import FormField, FormFieldsBlock
from forms.context import build_context, network_of
from forms.leads import capture_lead
from forms.limits import is_longer_than
from forms.models import FormPage, Lead
from forms.notice import word_consent
from forms.opening import FormClosed
from forms.purposes import Purpose
from forms.spam.rates import TooMany
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


class ConditionSchema(Schema):
    """The field is shown only while the field `key`, which stands before it, has one of the values."""

    key: str
    values: list[str]


class ConsentSchema(Schema):
    """What the field's label asks agreement to. Sending `digest` in the place of true says which text was shown."""

    purpose: Purpose
    digest: str


class FormFieldSchema(Schema):
    """One question. `choices` is null where visitors write freely, `shown_when` where it is always asked, `consent`
    where there is nothing to agree to.
    """

    key: str = Field(description="The stable name, as `answers` wants it.")
    type: str = Field(json_schema_extra={"enum": [*FormFieldsBlock().child_blocks]})
    label: str
    help_text: str
    required: bool = Field(description="Where it is shown.")
    default: str = Field(description="What stands in the field at first, or empty.")
    shown_when: ConditionSchema | None
    choices: list[FieldChoiceSchema] | None
    consent: ConsentSchema | None


class NoticeLineSchema(Schema):
    title: str
    text: str


class PrivacyNoticeSchema(Schema):
    """What a visitor must be told before sending. To be shown with the form."""

    title: str
    lines: list[NoticeLineSchema]
    request_label: str
    request_url: str = Field(
        description="Path of the page where people ask for their data, or empty."
    )


class ThanksSchema(Schema):
    title: str
    text: str


class FormPageSchema(PageSchema):
    """A form with all that a front end needs to show it; `answers_schema` describes `answers`."""

    type: Literal["forms.FormPage"]
    intro: str
    fields: list[FormFieldSchema]
    answers_schema: dict[str, Any]
    submit_label: str
    opens_at: datetime | None
    closes_at: datetime | None
    is_open: bool = Field(description="Outside its times a form takes nothing: 409.")
    closed_text: str = Field(description="Shown in the place of a closed form.")
    privacy_notice: PrivacyNoticeSchema
    thanks: ThanksSchema

    resolve_intro = resolved("intro")

    @staticmethod
    def resolve_fields(form_page: FormPage) -> list[dict[str, Any]]:
        return [describe_field(field, form_page) for field in form_page.get_fields()]

    @staticmethod
    def resolve_answers_schema(form_page: FormPage) -> dict[str, Any]:
        return form_page.get_json_schema()

    @staticmethod
    def resolve_privacy_notice(form_page: FormPage) -> dict[str, Any]:
        notice = form_page.privacy_notice
        lines = [{"title": title, "text": text} for title, text in notice.lines]
        return {**vars(notice), "lines": lines}

    @staticmethod
    def resolve_thanks(form_page: FormPage) -> dict[str, str]:
        return {"title": form_page.thanks_title, "text": form_page.thanks_text}


register_page_schema(FormPage, FormPageSchema)


def describe_field(field: FormField, form_page: FormPage) -> dict[str, Any]:
    condition = field.condition
    return {
        "key": field.key,
        "type": field.type,
        "label": field.label,
        "help_text": field.value["help_text"] or "",
        "required": field.required,
        "default": field.default,
        "shown_when": condition and {"key": condition.key, "values": condition.values},
        "choices": describe_choices(field, form_page),
        "consent": describe_consent(field, form_page),
    }


def describe_choices(
    field: FormField, form_page: FormPage
) -> list[dict[str, str]] | None:
    groups = field.block.get_choices(field.value, page=form_page)
    if groups is None:
        return None
    return [
        {"value": value, "label": label, "group": group}
        for group, pairs in groups
        for value, label in pairs
    ]


def describe_consent(field: FormField, form_page: FormPage) -> dict[str, str] | None:
    if field.type != "consent":
        return None
    wording = word_consent(form_page, field.value)
    return {"purpose": wording.purpose, "digest": wording.digest}


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
def get_form(
    request: HttpRequest, response: HttpResponse, slug: FormSlug, scope: Query[Scope]
) -> FormPage:
    form_page = find_form(slug, scope)
    # For the privacy notice; else it would look for the site again.
    form_page.site_settings = SiteSettings.for_site(scope.site).shown
    seconds = form_page.seconds_until_change
    if seconds is not None:
        response["Cache-Control"] = f"public, max-age={min(seconds, 60)}"
    return form_page


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
) -> Status[dict[str, Any]] | HttpResponse:
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
    except FormClosed as closed:
        return refuse_closed(str(closed))
    except IdempotencyConflict:
        raise HttpError(409, KEY_WAS_USED) from None
    except TooMany as flood:
        return refuse_flood(flood)
    thanks = FormPageSchema.resolve_thanks(form_page)
    return Status(201, {"receipt": touch.receipt, "thanks": thanks})


def refuse_closed(message: str) -> HttpResponse:
    """The type tells it from the other conflict."""
    error = {"type": "closed", "loc": ["body"], "msg": message}
    return problem_response(409, message, errors=[error])


def refuse_flood(flood: TooMany) -> HttpResponse:
    response = problem_response(429, str(flood))
    response.headers["Retry-After"] = str(flood.retry_after)
    return response


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
