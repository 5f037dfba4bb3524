"""What is filled in to answer a request for personal data."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forms.models import DataRequest
from forms.phones import parse_mobile, parse_phone

State = DataRequest.State


class CheckedForm(forms.Form):
    """What shows or changes data asks for this: a receipt and a number may be known to others."""

    is_checked = forms.BooleanField(
        label=gettext_lazy("The person was called back on the number on file"),
        error_messages={
            "required": gettext_lazy(
                "Call back first, to be sure that it is the person."
            )
        },
    )


class CopyForm(CheckedForm):
    format = forms.ChoiceField(
        label=gettext_lazy("File format"),
        choices=[
            ("html", gettext_lazy("To read and print (HTML)")),
            ("json", gettext_lazy("For other programs (JSON)")),
        ],
    )


class CorrectionForm(CheckedForm):
    name = forms.CharField(
        label=gettext_lazy("Full name"), max_length=100, required=False
    )
    mobile = forms.CharField(
        label=gettext_lazy("Mobile number"), max_length=60, required=False
    )
    landline = forms.CharField(
        label=gettext_lazy("Office number"), max_length=60, required=False
    )
    company = forms.CharField(
        label=gettext_lazy("Company"), max_length=200, required=False
    )

    def clean_mobile(self) -> str:
        raw = self.cleaned_data["mobile"]
        return parse_mobile(raw).e164 if raw else ""

    def clean(self) -> dict[str, Any]:
        """`values`: the columns that change."""
        cleaned: dict[str, Any] = super().clean() or {}
        keys = ("name", "mobile", "company")
        values = {key: cleaned[key] for key in keys if cleaned.get(key)}
        if raw := cleaned.get("landline"):
            try:
                phone = parse_phone(raw)
            except ValidationError as error:
                self.add_error("landline", error)
            else:
                values |= {"landline": phone.e164}
                values |= {"landline_extension": phone.extension}
        if not values and not self.errors:
            raise ValidationError(_("Fill in what changes."))
        return {**cleaned, "values": values}


class AnswerForm(forms.Form):
    state = forms.ChoiceField(
        label=gettext_lazy("Outcome"),
        choices=[
            (State.DONE.value, State.DONE.label),
            (State.REFUSED.value, State.REFUSED.label),
        ],
    )
    answer = forms.CharField(
        label=gettext_lazy("Answer"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "Whoever has the number of the request reads it: write nothing about the person. A refusal says why."
        ),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("state") == State.REFUSED and not cleaned.get("answer"):
            self.add_error("answer", _("Say why it is refused."))
        return cleaned


FORMS: dict[str, type[forms.Form]] = {
    "copy_form": CopyForm,
    "correction_form": CorrectionForm,
    "erasure_form": CheckedForm,
    "answer_form": AnswerForm,
}
