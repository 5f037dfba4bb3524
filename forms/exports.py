"""Leads as spreadsheets that can be opened without harm: what visitors type must never run as a formula."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.views.mixins import SpreadsheetExportMixin

# What makes Excel, LibreOffice and WPS take a text for a formula, in half and in full width.
FORMULA_BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BYTE_ORDER_MARK = "\ufeff".encode()


def neutralise(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA_BEGINNINGS) else text


class HarmlessExportMixin(SpreadsheetExportMixin):
    """Wagtail's export, with three things put right.

    In CSV a text that looks like a formula gets the apostrophe that makes spreadsheets show it as it is; in XLSX
    Wagtail marks it as text already. Control characters, which XLSX has no way to hold, are left out. A byte order
    mark tells Excel that the CSV is UTF-8; without one it garbles Chinese.
    """

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        # Imported when it is needed: most processes never export, and the package takes 5 MB.
        from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

        value = super().preprocess_field_value(field, value, export_format)
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        if not isinstance(value, str):
            return value
        value = ILLEGAL_CHARACTERS_RE.sub("", value)
        return neutralise(value) if export_format == self.FORMAT_CSV else value

    def stream_csv(self, queryset: Any) -> Any:
        yield BYTE_ORDER_MARK
        yield from super().stream_csv(queryset)
