"""The one front door for submissions: whatever visitors send, and however, becomes a lead here or nowhere."""

import re
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from cms.cities.models import City
from forms.blocks.stream import COLUMN_TYPES
from forms.consents import read_consents
from forms.context import LeadContext, find_named_city
from forms.models import FormPage, Touch
from forms.opening import require_open
from forms.storing import store_submission
from forms.submission import Submission
from forms.visitor_form import VisitorForm

Answer = dict[str, Any]

UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")
LONGEST_RETIRED_ANSWER = 5000


@sensitive_variables()
def capture_lead(
    form_page: FormPage, data: Mapping[str, object], context: LeadContext
) -> Touch:
    """Check a submission and store it. Returning means that it is in the database, exactly once.

    `data` holds the answers by the fields' keys. Keys that the form does not know are the caller's to refuse or to
    leave out. What comes back is the touch: its receipt is the visitor's, its lead may have been there before. Raises
    a ValidationError with the messages of each key, in the form's language; FormClosed outside the form's times;
    IdempotencyConflict when the context's idempotency key has come with other answers before.
    """
    with translation.override(form_page.locale.language_code):
        submission = check_submission(form_page, data, context)
    return store_submission(form_page, context, submission)


def check_submission(
    form_page: FormPage, data: Mapping[str, object], context: LeadContext
) -> Submission:
    check_types(form_page, data)
    form = bind_form(form_page, data, context)
    if not form.is_valid():
        # What is wrong with the answers is of no interest to who cannot send them.
        if not context.is_import:
            require_open(form_page)
        raise ValidationError(form.errors.as_data())
    retired = clean_retired(form_page, data, context)
    answers = [
        *get_answers(form_page, form.cleaned_data),
        *get_retired_answers(form_page, data, retired),
    ]
    cleaned = {**retired, **form.cleaned_data}
    return Submission(
        columns=get_columns(cleaned),
        answers=answers,
        consents=read_consents(form_page, data, cleaned),
    )


def bind_form(
    form_page: FormPage, data: Mapping[str, object], context: LeadContext
) -> VisitorForm:
    """The form with its answers. A local number belongs to the city that was chosen, else to the page's."""
    city = find_answered_city(data) or context.city
    return form_page.get_form(dict(data), city=city)


def check_types(form_page: FormPage, data: Mapping[str, object]) -> None:
    """Refuse what no field can be asked to clean: values of the wrong JSON type, and text that is not storable."""
    errors: dict[str, ValidationError] = {}
    for field in [*form_page.get_fields(), *form_page.get_retired_fields()]:
        try:
            field.block.check_type(data.get(field.key))
            check_text(data.get(field.key))
        except ValidationError as error:
            errors[field.key] = error
    if errors:
        raise ValidationError(errors)


def check_text(raw: object) -> None:
    if isinstance(raw, str) and UNSTORABLE.search(raw):
        raise ValidationError(
            _("There are characters in it that are no text. Type it again."),
            code="unstorable",
        )


def find_answered_city(data: Mapping[str, object]) -> City | None:
    slug = data.get("city")
    return find_named_city(slug) if isinstance(slug, str) else None


def get_columns(cleaned: dict[str, Any]) -> dict[str, Any]:
    """The typed columns that the answers fill, by the keys that have one."""
    filled = {key: cleaned[key] for key in COLUMN_TYPES if cleaned.get(key)}
    columns: dict[str, Any] = {
        key: filled[key]
        for key in ("name", "company", "project", "city")
        if key in filled
    }
    if project := filled.get("project"):
        columns["project_name"] = str(project)
    if mobile := filled.get("mobile"):
        columns["mobile"] = mobile.e164
    if landline := filled.get("landline"):
        columns["landline"] = landline.e164
        columns["landline_extension"] = landline.extension
    return columns


def get_answers(form_page: FormPage, cleaned: Mapping[str, Any]) -> list[Answer]:
    """The questions that were asked with their answers, in the form's order and words."""
    return [
        field.describe_answer(cleaned[field.key])
        for field in form_page.get_fields()
        if field.key in cleaned
    ]


def clean_retired(
    form_page: FormPage, data: Mapping[str, object], context: LeadContext
) -> dict[str, Any]:
    """What can be understood of the answers to questions that were taken off the form while they were answered."""
    if not form_page.retired_fields.keys() & data.keys():
        return {}
    form = form_page.get_retired_form(dict(data), city=context.city)
    form.full_clean()
    return {key: cleaned for key, cleaned in form.cleaned_data.items() if data.get(key)}


def get_retired_answers(
    form_page: FormPage, data: Mapping[str, object], cleaned: Mapping[str, Any]
) -> list[Answer]:
    """Late answers. What cannot be understood is kept as it was sent: the visitor has no field to correct it in."""
    answers = []
    for field in form_page.get_retired_fields():
        if not data.get(field.key):
            continue
        text = str(data[field.key])[:LONGEST_RETIRED_ANSWER]
        answer = field.describe_answer(cleaned.get(field.key))
        if field.key not in cleaned:
            answer = {**answer, "value": text, "display": text}
        answers.append({**answer, "retired": True})
    return answers
