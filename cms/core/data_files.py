"""Register data that comes with the project: small CSV files whose cells are checked by the model's own fields."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import Model

NOT_UTF_8 = "\N{REPLACEMENT CHARACTER}"


class DataFileError(Exception):
    """A data file cannot be used. The message names file, line and column, and says what is wrong there."""

    def __init__(self, path: Path, line: int, column: str, problem: str) -> None:
        super().__init__(f"{path.name}, line {line}, column {column}: {problem}")


class DataRow(NamedTuple):
    line: int
    values: dict[str, Any]


def read_data_file(
    path: Path,
    model: type[Model],
    columns: Sequence[str],
    *,
    unique: Sequence[str] = (),
    patterns: Mapping[str, str] | None = None,
    cleaned_as: Mapping[str, str] | None = None,
) -> list[DataRow]:
    """The file's rows, each cell cleaned by the model field that its column is named after.

    `patterns` are regular expressions for columns whose field says too little about what may stand there;
    `cleaned_as` names the field for columns that are called otherwise.
    """
    patterns = patterns or {}
    cleaned_as = cleaned_as or {}
    rows = []
    first_lines: dict[tuple[str, str], int] = {}
    for line, cells in read_cells(path, columns):
        values = {}
        for column, text in cells.items():
            try:
                check_pattern(text, patterns.get(column))
                if column in unique:
                    check_unique(first_lines.setdefault((column, text), line), line)
                field = cleaned_as.get(column, column)
                values[column] = clean_cell(text, model, field)
            except ValidationError as error:
                problem = f"“{text}”: {' '.join(error.messages)}"
                raise DataFileError(path, line, column, problem) from None
        rows.append(DataRow(line, values))
    return rows


def read_cells(
    path: Path, columns: Sequence[str]
) -> Iterator[tuple[int, dict[str, str]]]:
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        reader = csv.reader(file)
        header = next(reader, [])
        for column in columns:
            if column not in header:
                raise DataFileError(path, 1, column, "The column is missing.")
        for cells in filter(None, reader):
            if len(cells) != len(header):
                problem = f"The line has {len(cells)} cells for {len(header)} columns."
                column = header[min(len(cells), len(header)) - 1]
                raise DataFileError(path, reader.line_num, column, problem)
            named = dict(zip(header, cells, strict=True))
            yield reader.line_num, {column: named[column].strip() for column in columns}


def check_pattern(text: str, pattern: str | None) -> None:
    if NOT_UTF_8 in text:
        raise ValidationError("Save the file as UTF-8.")
    if pattern and not re.fullmatch(pattern, text):
        raise ValidationError(f"This is not of the form {pattern}.")


def check_unique(first_line: int, line: int) -> None:
    if first_line != line:
        raise ValidationError(f"This stands in line {first_line} already.")


def clean_cell(text: str, model: type[Model], column: str) -> Any:
    field = model._meta.get_field(column)
    return field.clean(None if field.null and not text else text, None)
