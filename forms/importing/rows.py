"""One row of a table becomes a submission."""

from dataclasses import dataclass, field, replace
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from cms.encryption.hashes import hash_value
from forms.context import UTM_KEYS, LeadContext, build_context
from forms.importing.answers import read_answers, read_time
from forms.importing.columns import Columns, tidy
from forms.importing.tables import Row
from forms.leads import capture_lead, check_submission
from forms.models import FormPage, Lead, Touch
from forms.registers import city_choices


class Outcome(StrEnum):
    CREATED = "created"
    ADDED = "added to a lead that was open"
    KNOWN = "imported before"
    CHECKED = "can be imported"


@dataclass(frozen=True)
class Importer:
    """Brings rows into a form. `is_silent`: nobody is told, and no clock starts."""

    form_page: FormPage
    columns: Columns
    is_silent: bool = False
    is_dry_run: bool = False
    # Slugs, by every name that a city may go by: chengdu, 成都市, 成都.
    cities: dict[str, str] = field(default_factory=dict)

    @sensitive_variables()
    def take(self, row: Row) -> Outcome:
        """Store a row in a transaction of its own; importing it again finds it. Raises what `capture_lead` raises."""
        cells, details = self.columns.split(row)
        context = self.build_context(row, details)
        answers = read_answers(self.form_page, cells)
        if self.is_dry_run:
            check_submission(self.form_page, answers, context)
            return Outcome.CHECKED
        was_there = self.is_known(context.idempotency_key)
        touch = capture_lead(self.form_page, answers, context)
        if was_there:
            return Outcome.KNOWN
        return Outcome.ADDED if touch.lead.touch_count > 1 else Outcome.CREATED

    def is_known(self, key: str) -> bool:
        touches = Touch.objects.filter(form=self.form_page, idempotency_key=key)
        return touches.exists()

    def build_context(self, row: Row, details: dict[str, str]) -> LeadContext:
        context = build_context(
            Lead.Source.IMPORT,
            city_slug=self.find_city(details.get("city", "")),
            page_url=details.get("page_url", ""),
            referrer=details.get("referrer", ""),
            utm={key: details.get(f"utm_{key}", "") for key in UTM_KEYS},
            idempotency_key=key_of(row, details),
        )
        received = details.get("received")
        received_at = read_time(received) if received else None
        if received_at and received_at > timezone.now():
            raise ValidationError({"received": "This time is still to come."})
        return replace(context, received_at=received_at, is_silent=self.is_silent)

    def find_city(self, name: str) -> str:
        if not name:
            return ""
        if tidy(name) not in self.cities:
            raise ValidationError({"city": "There is no such city."})
        return self.cities[tidy(name)]


def key_of(row: Row, details: dict[str, str]) -> str:
    """The old system's own number, or what the row says, hashed: it holds a person's data."""
    if number := details.get("id"):
        return f"import:{number}"[:255]
    content = "\x1f".join(row)
    return f"import:{hash_value(content, 'import')}"


def name_cities() -> dict[str, str]:
    """For `Importer.cities`."""
    cities: dict[str, str] = {}
    for _province, pairs in city_choices():
        for slug, name in pairs:
            names = (slug, tidy(name), tidy(name).removesuffix("市"))
            cities |= dict.fromkeys(names, slug)
    return cities
