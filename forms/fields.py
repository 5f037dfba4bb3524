"""Form fields whose cleaned value is the thing that was meant: a telephone number, a city, a project."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from forms.digests import is_digest
from forms.phones import LONGEST_INPUT, PhoneNumber, parse_mobile, parse_phone


class MobileField(forms.CharField):
    """A mobile number."""

    widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"})

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=LONGEST_INPUT, **options)

    def clean(self, value: Any) -> PhoneNumber | None:
        text = super().clean(value)
        return self.parse(text) if text else None

    def parse(self, text: str) -> PhoneNumber:
        return parse_mobile(text)


class LandlineField(MobileField):
    """An office number. Mobile and 400 numbers will do: many small firms have no landline."""

    widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "work tel"})

    def __init__(self, *, area_code: str, **options: Any) -> None:
        self.area_code = area_code
        super().__init__(**options)

    def parse(self, text: str) -> PhoneNumber:
        return parse_phone(text, self.area_code)


class RegisterSelect(forms.Select):
    """A drop-down list that keeps what a visitor has chosen even when it is no longer offered."""

    find: Callable[[str], Model | None]

    def optgroups(
        self, name: str, value: list[str], attrs: dict[str, Any] | None = None
    ) -> list[tuple[str | None, list[dict[str, Any]], int | None]]:
        groups = super().optgroups(name, value, attrs)
        chosen = value[0] if value else ""
        offered = {option["value"] for group in groups for option in group[1]}
        if chosen and chosen not in offered and (entry := self.find(chosen)):
            option = self.create_option(name, chosen, str(entry), True, len(groups))
            groups.append((None, [option], len(groups)))
        return groups


class RegisterField(forms.ChoiceField):
    """A choice from a register, by slug; the cleaned value is the register's entry.

    `find` decides what may be sent, not the offered choices: those can change while a visitor is typing.
    """

    widget = RegisterSelect

    def __init__(self, *, find: Callable[[str], Model | None], **options: Any) -> None:
        super().__init__(**options)
        self.find = self.widget.find = find

    def valid_value(self, value: str) -> bool:
        return True

    def clean(self, value: Any) -> Model | None:
        slug = super().clean(value)
        if not slug:
            return None
        entry = self.find(slug)
        if entry is None:
            raise ValidationError(_("Choose from the list."), code="invalid_choice")
        return entry


class ConsentInput(forms.CheckboxInput):
    """A tick box. Its value is the digest of the text that stands beside it, so that a tick says what was agreed to.

    Only a tick is a tick: Django's own takes any word for one, even "no".
    """

    get_digest: Callable[[], str]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> bool:
        return is_tick(data.get(name))

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        return super().get_context(name, value, {**attrs, "value": self.get_digest()})


class ConsentField(forms.BooleanField):
    """Agreement to a text. `get_digest` names the text as it reads now; it is only asked when the box is shown."""

    widget = ConsentInput

    def __init__(self, *, get_digest: Callable[[], str], **options: Any) -> None:
        super().__init__(**options)
        self.widget.get_digest = get_digest


def is_tick(raw: object) -> bool:
    """Browsers that know no better send "on"."""
    return raw is True or (isinstance(raw, str) and (raw == "on" or is_digest(raw)))
