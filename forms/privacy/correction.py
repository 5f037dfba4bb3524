"""Wrong data put right (Personal Information Protection Law, article 46), wherever it stands."""

from typing import Any

from django.db import transaction
from django.db.models import F

from forms.desk.statuses import record
from forms.models import Lead, LeadEvent
from forms.phones import format_phone


@transaction.atomic
def correct_lead(lead: Lead, values: dict[str, str], user: Any) -> None:
    """Put values in the place of others: in the lead's columns, its answers and its touches' answers. The history says
    which, and by whom, but neither the old nor the new ones.

    `values` are columns of a lead, numbers in E.164; an office number comes with its `landline_extension`.
    """
    for column, value in values.items():
        setattr(lead, column, value)
    lead.answers = [correct_answer(answer, values) for answer in lead.answers]
    lead.save()
    Lead.objects.filter(pk=lead.pk).update(version=F("version") + 1)
    for touch in lead.touches.all():
        touch.answers = [correct_answer(answer, values) for answer in touch.answers]
        touch.save(update_fields=["answers"])
    record(lead, LeadEvent.Kind.CORRECTION, user, after=", ".join(values))


def correct_answer(answer: dict[str, Any], values: dict[str, str]) -> dict[str, Any]:
    key = answer.get("key")
    if key not in values:
        return answer
    return {**answer, "value": values[key], "display": display(key, values)}


def display(key: str, values: dict[str, str]) -> str:
    match key:
        case "mobile":
            return format_phone(values["mobile"])
        case "landline":
            return format_phone(values["landline"], values["landline_extension"])
        case _:
            return values[key]
