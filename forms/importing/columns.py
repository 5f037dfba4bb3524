"""Which column of a table is which field of the form."""

import re
import unicodedata
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from forms.importing.tables import BadTable, Row
from forms.models import FormPage

# What a row may say besides the answers, and what it is called in tables.
DETAILS = {
    "id": ("id", "编号"),
    "received": ("received", "created_at", "收到时间", "提交时间"),
    "city": ("city", "城市"),
    "page_url": ("page_url", "来源页面"),
    "referrer": ("referrer",),
    "utm_source": ("utm_source",),
    "utm_medium": ("utm_medium",),
    "utm_campaign": ("utm_campaign",),
    "utm_term": ("utm_term",),
    "utm_content": ("utm_content",),
}


@dataclass(frozen=True)
class Columns:
    """The names of a table's columns, in its order: keys of the form's fields, and of DETAILS."""

    keys: list[str]
    names: list[str]

    def split(self, row: Row) -> tuple[dict[str, str], dict[str, str]]:
        """The answers of a row by key, and its details by name. Empty cells are left out. Raises a ValidationError for
        a cell that stands below no heading."""
        headings = [*self.names, *[""] * (len(row) - len(self.names))]
        pairs = [pair for pair in zip(headings, row, strict=False) if pair[1]]
        if any(not name for name, _text in pairs):
            raise ValidationError({"?": "A cell stands below no heading."})
        answers = {name: text for name, text in pairs if name in self.keys}
        details = {name: text for name, text in pairs if name not in self.keys}
        return answers, details


def match_columns(form_page: FormPage, header: Row) -> Columns:
    """Match the first row of a table. Raises BadTable with the columns that are unknown, doubled or missing."""
    fields = form_page.get_fields()
    known = {
        tidy(name): key for key, names in DETAILS.items() for name in (key, *names)
    }
    for field in fields:
        known |= {tidy(field.key): field.key, tidy(field.label): field.key}
    unknown = [name for name in header if name and tidy(name) not in known]
    if unknown:
        labels = ", ".join(f"{field.key} ({field.label})" for field in fields)
        raise BadTable(
            f"Unknown columns: {', '.join(unknown)}. Known are {labels}, {', '.join(DETAILS)}."
        )
    names = [known.get(tidy(name), "") for name in header]
    if doubled := sorted({name for name in names if name and names.count(name) > 1}):
        raise BadTable(f"Columns that stand there twice: {', '.join(doubled)}.")
    missing = [
        f"{field.key} ({field.label})"
        for field in fields
        if field.required and field.condition is None and field.key not in names
    ]
    if missing:
        raise BadTable(f"Columns that the form asks for are missing: {missing}.")
    return Columns(keys=[field.key for field in fields], names=names)


def tidy(name: str) -> str:
    """“ 姓名* ” is 姓名, “Full Name” is fullname."""
    text = unicodedata.normalize("NFKC", name).casefold()
    return re.sub(r"[\s*:]", "", text)
