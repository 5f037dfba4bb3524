"""What a cell means: the words of a table turned into what the form takes."""

from datetime import datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from forms.blocks import FormField
from forms.importing.columns import tidy
from forms.models import FormPage

YES = {"yes", "y", "true", "1", "是", "同意", "√"}
NO = {"no", "n", "false", "0", "否", "不同意"}


def read_answers(form_page: FormPage, cells: dict[str, str]) -> dict[str, Any]:
    """Answers by key, as a program would send them. Raises a ValidationError for a consent that is neither yes nor no.

    What is in no list of choices stays as it is, so that the form refuses it with its own words.
    """
    fields = {field.key: field for field in form_page.get_fields()}
    return {
        key: read_answer(fields[key], text, form_page) for key, text in cells.items()
    }


def read_answer(field: FormField, text: str, form_page: FormPage) -> Any:
    if field.type == "consent":
        return read_consent(field, text)
    return read_choice(field, text, form_page) or text


def read_consent(field: FormField, text: str) -> bool:
    word = tidy(text)
    if word not in YES | NO:
        raise ValidationError({field.key: "Write yes or no."})
    return word in YES


def read_choice(field: FormField, text: str, form_page: FormPage) -> str:
    """The value of a choice that is named by it or by its label."""
    groups = field.block.get_choices(field.value, page=form_page) or []
    for _group, pairs in groups:
        for value, label in pairs:
            if tidy(text) in (tidy(value), tidy(label)):
                return value
    return ""


def read_time(text: str) -> datetime:
    """2024-03-05 10:20, 2024/3/5, 2024年3月5日 or ISO 8601, in the site's own time zone where it names none."""
    text = text.translate(str.maketrans("/年月日", "--- "))
    moment = parse_moment(text.strip())
    if moment is None:
        raise ValidationError({"received": "Write a time such as 2024-03-05 10:20."})
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)


def parse_moment(text: str) -> datetime | None:
    try:
        if moment := parse_datetime(text):
            return moment
        date = parse_date(text)
    except ValueError:
        return None
    return datetime.combine(date, time()) if date else None
