"""Uploaded tables, CSV or XLSX, as rows of text. Nothing here knows what the columns mean."""

import csv
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from io import StringIO
from itertools import islice
from typing import IO, Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LARGEST_FILE = 1_000_000  # bytes
LARGEST_UNPACKED = 20_000_000  # bytes: a zip archive may claim to be small
MOST_ROWS = 4_000
MOST_COLUMNS = 50
# Excel in China saves "CSV" in GB18030 and "CSV UTF-8" with a mark at the beginning.
ENCODINGS = ("utf-8-sig", "gb18030")
XLSX_BEGINS = b"PK\x03\x04"
XLS_BEGINS = b"\xd0\xcf\x11\xe0"


class Row(NamedTuple):
    """A row with its number as the spreadsheet shows it."""

    number: int
    cells: list[str]


def read_table(file: IO[bytes]) -> list[Row]:
    """The rows that are not empty, heading first. A ValidationError says why a file cannot be read."""
    content = file.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise ValidationError(_("The file is larger than 1 MB. Leave out columns."))
    if content.startswith(XLS_BEGINS):
        raise ValidationError(_("Save the file as .xlsx or .csv: .xls is too old."))
    file.seek(0)
    is_xlsx = content.startswith(XLSX_BEGINS)
    rows = read_xlsx(file) if is_xlsx else read_csv(content)
    return list(limited(filled(rows)))


def filled(rows: Iterable[Row]) -> Iterator[Row]:
    return (row for row in rows if any(row.cells))


def limited(rows: Iterable[Row]) -> Iterator[Row]:
    for count, row in enumerate(rows):
        if count > MOST_ROWS:
            message = _("The file has more than %(count)d rows. Divide it.")
            raise ValidationError(message % {"count": MOST_ROWS})
        yield row


def read_csv(content: bytes) -> Iterator[Row]:
    text = decode(content)
    # What Excel exports with tabs or, in some regions, semicolons is called CSV too.
    heading = text.partition("\n")[0]
    delimiter = max(",\t;", key=heading.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    try:
        for number, cells in enumerate(reader, start=1):
            yield Row(number, [cell.strip() for cell in cells[:MOST_COLUMNS]])
    except csv.Error:
        raise ValidationError(_("This is no CSV file. Save it anew as CSV.")) from None


def decode(content: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise ValidationError(
        _("The characters cannot be read. Save the file as .xlsx or as CSV UTF-8.")
    )


def read_xlsx(file: IO[bytes]) -> Iterator[Row]:
    """The first sheet."""
    # Imported when it is needed: most processes never read a workbook, and the package takes 5 MB.
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    check_unpacked_size(file)
    try:
        book = openpyxl.load_workbook(file, read_only=True, data_only=True)
        sheet = book.worksheets[0]
        # Excel says that a sheet ends where somebody once coloured a cell, perhaps in the last of a million rows.
        sheet.reset_dimensions()
        rows = sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS)
        for number, values in enumerate(islice(rows, 20 * MOST_ROWS), start=1):
            yield Row(number, [cell_text(value) for value in values])
        book.close()
    except (
        InvalidFileException,
        zipfile.BadZipFile,
        AttributeError,
        IndexError,
        KeyError,
        SyntaxError,  # what XML parsers raise
        TypeError,
        ValueError,
    ):
        raise unreadable_xlsx() from None


def check_unpacked_size(file: IO[bytes]) -> None:
    try:
        with zipfile.ZipFile(file) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile:
        raise unreadable_xlsx() from None
    if size > LARGEST_UNPACKED:
        raise ValidationError(_("The file is larger than 1 MB. Leave out columns."))


def unreadable_xlsx() -> ValidationError:
    return ValidationError(
        _("This is no XLSX file that can be read. Save it anew in Excel or as CSV.")
    )


def cell_text(value: Any) -> str:
    """A cell as its writer sees it: Excel keeps 13800138000 as a number, and may say 13800138000.0."""
    match value:
        case None:
            return ""
        case float() if value.is_integer():
            return str(int(value))
        case datetime():
            return value.isoformat(" ", "minutes")
        case _:
            return str(value).strip()
