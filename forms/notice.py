"""The privacy notice below a form, made of what the form really does, so that the two cannot drift apart.

What has to be in it: Personal Information Protection Law, article 17.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from cms.core.phones import show_phone
from forms.digests import digest_of


@dataclass(frozen=True)
class PrivacyNotice:
    """What a visitor reads of it, line by line; `request_url` leads to where people ask for their data."""

    title: str
    lines: list[tuple[str, str]]
    request_label: str
    request_url: str

    @property
    def text(self) -> str:
        """All of it in one, as it is kept with a consent."""
        return "\n".join(f"{name}: {text}" for name, text in self.lines)


@dataclass(frozen=True)
class ConsentWording:
    """What a visitor agrees to: a sentence, and the notice that it was given with."""

    purpose: str
    language: str
    sentence: str
    notice: str

    @property
    def digest(self) -> str:
        return digest_of(self.purpose, self.language, self.sentence, self.notice)


def word_consent(form_page: Any, value: Any) -> ConsentWording:
    """The text of a consent field as it reads now."""
    return ConsentWording(
        purpose=value["purpose"],
        language=form_page.locale.language_code,
        sentence=value["label"],
        notice=build_notice(form_page).text,
    )


def build_notice(form_page: Any) -> PrivacyNotice:
    with translation.override(form_page.locale.language_code):
        return PrivacyNotice(
            title=_("How we treat your data"),
            lines=list_lines(form_page),
            request_label=_("Ask for your data"),
            request_url=find_request_url(form_page.locale.language_code),
        )


def list_lines(form_page: Any) -> list[tuple[str, str]]:
    days = _("%(days)d days, then they are erased or made anonymous.")
    return [
        (_("Who is responsible"), describe_controller(form_page.site_settings)),
        (_("What for"), form_page.privacy_purpose),
        (_("Which data"), describe_data(form_page)),
        (
            _("What happens to them"),
            _("They are stored and read by the advisers who answer you."),
        ),
        (_("How long"), days % {"days": form_page.retention_days}),
        (
            _("Your rights"),
            _(
                "You can see, copy, correct and erase your data and withdraw a consent: tell us your receipt number "
                "and phone."
            ),
        ),
    ]


def describe_controller(site_settings: Any) -> str:
    """Name and contact, as article 17 (1) asks for."""
    name = site_settings.legal_name or site_settings.organisation
    parts = (
        name or _("The operator of this site"),
        show_phone(site_settings.service_phone),
        site_settings.head_office_address,
    )
    return " · ".join(filter(None, parts))


def describe_data(form_page: Any) -> str:
    labels = [
        field.label for field in form_page.get_fields() if field.type != "consent"
    ]
    return " / ".join([*labels, _("page and time of sending")])


def find_request_url(language: str) -> str:
    address = reverse("forms:data_request")
    return (
        address
        if language == settings.LANGUAGE_CODE
        else f"{address}?language={language}"
    )
