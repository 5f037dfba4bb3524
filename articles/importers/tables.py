"""Tables of figures, apart from tables that only lay out a page."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from math import prod

from bs4 import Tag

LONGEST_CELL = 300
WIDEST_SPAN = 50
MOST_CELLS = 10_000


@dataclass(frozen=True)
class Table:
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    header_row: bool = False
    header_column: bool = False
    links: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return self.caption + "".join("".join(row) for row in self.rows)


def is_data_table(table: Tag) -> bool:
    """Old pages are laid out with tables: those hold other blocks, long text or a single column."""
    rows = _cells(table)
    return (
        len(rows) > 1
        and max(map(len, rows)) > 1
        and not table.find(
            ["table", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote"]
        )
        and all(len(cell.get_text()) <= LONGEST_CELL for row in rows for cell in row)
        and sum(prod(_spans(cell)) for row in rows for cell in row) <= MOST_CELLS
    )


def read_table(table: Tag, cell_text: Callable[[Tag], str]) -> Table:
    """A cell that spans others keeps its text in the first; the others stay empty."""
    rows = _cells(table)
    caption = table.find("caption")
    return Table(
        rows=_grid(
            [[(cell_text(cell), *_spans(cell)) for cell in row] for row in rows]
        ),
        caption=cell_text(caption) if isinstance(caption, Tag) else "",
        header_row=_all_headers(rows[0]),
        header_column=_all_headers([row[0] for row in rows[1:] if row]),
        links=tuple(str(link["href"]) for link in table.find_all("a", href=True)),
    )


def _cells(table: Tag) -> list[list[Tag]]:
    return [row.find_all(["td", "th"]) for row in table.find_all("tr")]


def _all_headers(cells: list[Tag]) -> bool:
    return bool(cells) and all(cell.name == "th" for cell in cells)


def _spans(cell: Tag) -> tuple[int, int]:
    return _span(cell, "colspan"), _span(cell, "rowspan")


def _span(cell: Tag, name: str) -> int:
    value = str(cell.get(name, ""))
    return min(int(value), WIDEST_SPAN) if re.fullmatch("[1-9][0-9]{0,3}", value) else 1


def _grid(rows: list[list[tuple[str, int, int]]]) -> tuple[tuple[str, ...], ...]:
    filled: dict[tuple[int, int], str] = {}
    for y, row in enumerate(rows):
        x = 0
        for text, columns, height in row:
            while (y, x) in filled:
                x += 1
            for dy, dx in product(range(height), range(columns)):
                filled.setdefault((y + dy, x + dx), "")
            filled[y, x] = text
    columns = 1 + max(x for _y, x in filled)
    return tuple(
        tuple(filled.get((y, x), "") for x in range(columns)) for y in range(len(rows))
    )
