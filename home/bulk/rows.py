"""What the rows of an uploaded table say about cities: which city, and what the register is to know of it."""

import unicodedata
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from home.bulk.tables import Row

# Columns by what people call them, in the spelling of `heading_key`.
HEADINGS = {
    "city": ("城市", "城市名称", "地区", "名称", "代码", "城市代码", "city", "name", "code", "slug"),
    "phone": ("电话", "电话号码", "联系电话", "服务电话", "phone", "phonenumber", "telephone", "tel"),
    "address": ("地址", "详细地址", "联系地址", "address"),
    "opening_hours": ("营业时间", "工作时间", "服务时间", "openinghours", "hours"),
}  # fmt: skip
FACTS = ("phone", "address", "opening_hours")
NAMED = {name: field for field, names in HEADINGS.items() for name in names}
LONGEST_CELL = 300


class Cell(NamedTuple):
    """A text and where it stands, as a spreadsheet calls the place: B7."""

    text: str
    place: str


class CityRow(NamedTuple):
    """One row: the city as it is written, and the cells that are not empty."""

    number: int
    city: Cell
    facts: dict[str, Cell]


def read_rows(table: Sequence[Row]) -> list[CityRow]:
    """The rows below the heading. Columns with other headings are passed over."""
    if not table:
        raise ValidationError(_("The file is empty."))
    columns = find_columns(table[0])
    if len(table) == 1:
        raise ValidationError(_("The file has a heading, but no rows below it."))
    return [read_row(row, columns) for row in table[1:]]


def find_columns(heading: Row) -> dict[str, int]:
    """The position of each known column; of two with the same meaning, the first."""
    columns: dict[str, int] = {}
    for position, text in enumerate(heading.cells):
        field = NAMED.get(heading_key(text))
        if field:
            columns.setdefault(field, position)
    if "city" not in columns:
        raise ValidationError(
            _(
                "No column is called 城市 or city. Write the headings in the first row: 城市, 电话, 地址, 营业时间."
            )
        )
    return columns


def heading_key(text: str) -> str:
    """phone, Phone number and PHONE_NUMBER are one heading; 电话(必填) is 电话."""
    text = unicodedata.normalize("NFKC", text).casefold().partition("(")[0]
    return "".join(char for char in text if char.isalnum())


def read_row(row: Row, columns: dict[str, int]) -> CityRow:
    # Imported when it is needed: most processes never read a table, and the package takes 5 MB.
    from openpyxl.utils import get_column_letter

    cells = {
        field: Cell(
            " ".join(row.cells[position].split())[:LONGEST_CELL],
            f"{get_column_letter(position + 1)}{row.number}",
        )
        for field, position in columns.items()
        if position < len(row.cells)
    }
    nowhere = Cell("", f"{get_column_letter(columns['city'] + 1)}{row.number}")
    city = cells.pop("city", nowhere)
    return CityRow(
        row.number, city, {f: cell for f, cell in cells.items() if cell.text}
    )


def to_json(rows: Sequence[CityRow]) -> list[Any]:
    """Rows in a form that a hidden field can hold, so that a file is uploaded once and the editor may go back."""
    return [
        [row.number, list(row.city), {name: list(c) for name, c in row.facts.items()}]
        for row in rows
    ]


def from_json(data: Any) -> list[CityRow]:
    """The rows of a hidden field. It came back from a browser: whatever else stands in it is a ValueError."""
    try:
        return [
            CityRow(
                int(number),
                Cell(*map(str, city)),
                {str(n): Cell(*map(str, c)) for n, c in facts.items() if n in FACTS},
            )
            for number, city, facts in data
        ]
    except (AttributeError, TypeError) as error:
        raise ValueError from error
