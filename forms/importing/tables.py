"""Tables as people have them: CSV in UTF-8, or in GB 18030 as Chinese Excel writes it, and XLSX. Read row by row."""

import csv
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

Row = list[str]
ENCODINGS = ("utf-8-sig", "gb18030")


class BadTable(Exception):
    """The file cannot be read; the message says why."""


def read_table(path: Path) -> Iterator[tuple[int, Row]]:
    """The rows that hold anything, with their numbers as a spreadsheet shows them. Raises BadTable."""
    if not path.is_file():
        raise BadTable(f"There is no file {path}.")
    read = read_xlsx if path.suffix.lower() == ".xlsx" else read_csv
    for number, row in read(path):
        cells = [cell.replace("\x00", "").strip() for cell in row]
        if any(cells):
            yield number, cells


def read_csv(path: Path) -> Iterator[tuple[int, Row]]:
    with path.open(encoding=find_encoding(path), newline="") as file:
        rows = csv.reader(file, strict=True)
        try:
            # `line_num` is the last line of a row; one with a line break in a cell has several.
            yield from ((rows.line_num, row) for row in rows)
        except csv.Error as error:
            raise BadTable(f"Line {rows.line_num} is no CSV: {error}.") from None


def find_encoding(path: Path) -> str:
    for encoding in ENCODINGS:
        try:
            with path.open(encoding=encoding) as file:
                for _line in file:
                    pass
        except UnicodeDecodeError:
            continue
        return encoding
    raise BadTable("The file is neither UTF-8 nor GB 18030. Save it as CSV UTF-8.")


def read_xlsx(path: Path) -> Iterator[tuple[int, Row]]:
    # Imported when it is needed: most processes never read a workbook, and the package takes 5 MB.
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        workbook = load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, OSError, ValueError):
        raise BadTable("The file is no XLSX workbook.") from None
    with closing(workbook):
        sheet = workbook.worksheets[0]
        # Some programs write a wrong one, which would hide rows.
        sheet.reset_dimensions()
        for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
            yield number, [text_of(cell) for cell in row]


def text_of(cell: Any) -> str:
    """A cell as it would be typed. Excel takes telephone numbers for numbers."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
