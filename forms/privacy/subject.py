"""A person whose data is kept: found by a receipt and a telephone number, and everything that is known of them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.views.decorators.debug import sensitive_variables

from cms.encryption.hashes import hash_candidates
from forms.models import Consent, DataRequest, Lead, Touch
from forms.phones import parse_phone


@sensitive_variables()
def find_by_receipt(receipt: str, phone: str) -> tuple[Lead, bool] | None:
    """The lead of a receipt, if the number is one of those that were left with it; and whether it is the mobile number.

    Nothing tells apart a receipt that there is not, one whose data is erased, and a wrong number.
    """
    touches = Touch.objects.select_related("lead__city")
    touch = touches.filter(receipt=receipt, lead__anonymised_at=None).first()
    if touch is None:
        return None
    lead = touch.lead
    e164 = read_phone(phone, lead.city.area_code if lead.city else "")
    if not e164 or e164 not in (lead.mobile, lead.landline):
        return None
    return lead, e164 == lead.mobile


@sensitive_variables()
def read_phone(raw: str, area_code: str) -> str:
    try:
        return parse_phone(raw, area_code).e164
    except ValidationError:
        return ""


def leads_of(request: DataRequest) -> list[Lead]:
    """The leads that a request is about, as far as there still is a person in them."""
    if request.lead is None or request.lead.anonymised_at:
        return []
    return leads_of_person(request.lead, covers_number=request.covers_number)


def leads_of_person(lead: Lead, *, covers_number: bool) -> list[Lead]:
    """The newest first."""
    if not covers_number or not lead.mobile:
        return [lead]
    leads = Lead.objects.with_relations().filter(anonymised_at=None)
    return list(leads.filter(mobile_hash__in=hash_candidates(lead.mobile, "phone")))


def describe_person(leads: list[Lead]) -> list[dict[str, Any]]:
    """Everything that is kept of a person, ready for JSON: values as people read them, times after ISO 8601.

    Who works on a lead and what the program says of it is not the person's data; what was noted about them is.
    """
    return [describe_lead(lead) for lead in leads]


def describe_lead(lead: Lead) -> dict[str, Any]:
    notes = lead.events.filter(kind="note")
    return {
        "receipt": lead.receipt,
        "received": lead.created_at.isoformat(),
        "form": lead.form_title,
        "language": lead.language,
        "name": lead.name,
        "mobile": lead.mobile_display,
        "landline": lead.landline_display,
        "company": lead.company,
        "project": lead.project_name,
        "city": lead.city_name,
        "kept_until": lead.retain_until.isoformat() if lead.retain_until else None,
        "answers": describe_answers(lead.answers),
        "submissions": [describe_touch(touch) for touch in lead.touches.all()],
        "consents": [describe_consent(consent) for consent in consents_of([lead])],
        "notes": [
            {"time": note.created_at.isoformat(), "text": note.text} for note in notes
        ],
    }


def describe_answers(answers: list[dict[str, Any]]) -> list[dict[str, str]]:
    return [
        {"question": answer["label"], "answer": answer["display"]} for answer in answers
    ]


def describe_touch(touch: Touch) -> dict[str, Any]:
    return {
        "receipt": touch.receipt,
        "received": touch.created_at.isoformat(),
        "page": touch.page_url,
        "referrer": touch.referrer,
        "campaign": touch.campaign,
        "answers": describe_answers(touch.answers),
    }


def describe_consent(consent: Consent) -> dict[str, Any]:
    withdrawn = consent.withdrawn_at
    return {
        "text": consent.text.sentence,
        "notice": consent.text.notice,
        "given": consent.is_given,
        "time": consent.given_at.isoformat(),
        "withdrawn": withdrawn.isoformat() if withdrawn else None,
    }


def consents_of(leads: list[Lead]) -> QuerySet[Consent]:
    consents = Consent.objects.filter(touch__lead__in=leads)
    return consents.select_related("text").order_by("given_at", "pk")
