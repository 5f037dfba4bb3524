"""The texts that visitors agree to: their versions, and who has agreed to which."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from forms.blocks import FormField
from forms.digests import is_digest
from forms.models import Consent, ConsentText, FormPage, Touch
from forms.notice import word_consent
from forms.submission import ConsentAnswer

ATTEMPTS = 5


def read_consents(
    form_page: FormPage, data: Mapping[str, object], cleaned: Mapping[str, Any]
) -> list[ConsentAnswer]:
    """What was sent for the consents that were asked for, late ticks of retired ones included. A question that was not
    asked, because its condition was not met, is not in `cleaned`.
    """
    fields = [*form_page.get_fields(), *form_page.get_retired_fields()]
    return [
        ConsentAnswer(
            field=field,
            digest=str(data.get(field.key)),
            is_given=bool(cleaned[field.key]),
        )
        for field in consent_fields(fields)
        if field.key in cleaned
    ]


def record_consents(
    form_page: FormPage, consents: list[ConsentAnswer], touch: Touch
) -> None:
    """Store which text was shown and whether it was agreed to."""
    for consent in consents:
        text = find_shown(form_page, consent)
        if text is None and consent.field.key in form_page.get_keys():
            text = record_text(form_page, consent.field)
        if text:
            Consent.objects.create(touch=touch, text=text, is_given=consent.is_given)


def record_texts(form_page: FormPage) -> None:
    """Keep the texts that visitors read from now on."""
    for field in consent_fields(form_page.get_fields()):
        record_text(form_page, field)


def consent_fields(fields: list[FormField]) -> list[FormField]:
    return [field for field in fields if field.type == "consent"]


def find_shown(form_page: FormPage, consent: ConsentAnswer) -> ConsentText | None:
    """The text that a tick names: an editor may have published another one since the page was loaded."""
    if not is_digest(consent.digest):
        return None
    texts = ConsentText.objects.filter(form=form_page, key=consent.field.key)
    return texts.filter(digest=consent.digest).first()


def record_text(form_page: FormPage, field: FormField) -> ConsentText:
    """The text of a consent field as it reads now, as the next version if it is new."""
    wording = word_consent(form_page, field.value)
    texts = ConsentText.objects.filter(form=form_page, key=field.key)
    for _attempt in range(ATTEMPTS):
        if found := texts.filter(digest=wording.digest).first():
            return found
        newest = texts.aggregate(newest=Max("version"))["newest"] or 0
        try:
            with transaction.atomic():
                return ConsentText.objects.create(
                    form=form_page,
                    key=field.key,
                    purpose=wording.purpose,
                    language=wording.language,
                    version=newest + 1,
                    sentence=wording.sentence,
                    notice=wording.notice,
                    digest=wording.digest,
                )
        except IntegrityError:
            # Somebody else has just recorded this text or another one: look again.
            continue
    raise IntegrityError("A consent text could not be given a version.")
