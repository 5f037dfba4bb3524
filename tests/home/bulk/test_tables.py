"""Files as Excel and its kin save them."""

import zipfile
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from home.bulk.rows import from_json, read_rows, to_json
from home.bulk.tables import LARGEST_FILE, MOST_ROWS, read_table
from tests.home.bulk.sheets import csv_file, xlsx_file

CHENGDU = ["成都", "028-85550100", "天府大道1号", "9:00-18:00"]


@pytest.fixture(autouse=True)
def english():
    """Advice is compared by its words."""
    with translation.override("en"):
        yield


def rows_of(file):
    return read_rows(read_table(file))


def cells_of(file):
    (row,) = rows_of(file)
    return [row.city.text, *(cell.text for cell in row.facts.values())]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
def test_a_csv_file_is_read_in_the_encodings_that_excel_writes(encoding):
    assert cells_of(csv_file(CHENGDU, encoding=encoding)) == CHENGDU


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_a_csv_file_may_be_divided_by_tabs_or_semicolons(delimiter):
    assert cells_of(csv_file(CHENGDU, delimiter=delimiter)) == CHENGDU


def test_an_xlsx_file_is_read():
    assert cells_of(xlsx_file(CHENGDU)) == CHENGDU


def test_numbers_that_a_spreadsheet_made_of_texts_are_read_as_they_look():
    file = xlsx_file([510100, 13800138000.0, None, None])
    assert cells_of(file) == ["510100", "13800138000"]


@pytest.mark.parametrize(
    "heading",
    [
        ["城市", "电话", "地址", "营业时间"],
        ["City", "Phone", "Address", "Opening hours"],
        ["city", "phone", "address", "opening_hours"],
        ["城市名称（必填）", "联系电话", "详细地址", "工作时间"],
    ],
)
def test_headings_may_be_chinese_or_english(heading):
    assert cells_of(csv_file(CHENGDU, heading=heading)) == CHENGDU


def test_other_columns_and_empty_rows_are_passed_over():
    heading = ["序号", "地址", "城市", "备注"]
    file = csv_file(["", "", "", ""], ["1", "路1号", "成都", "!"], heading=heading)
    (row,) = rows_of(file)
    assert row.number == 3
    assert (row.city.text, row.city.place) == ("成都", "C3")
    assert {name: cell.place for name, cell in row.facts.items()} == {"address": "B3"}


def test_a_short_row_has_fewer_cells():
    assert cells_of(csv_file(["成都"])) == ["成都"]


def test_rows_survive_the_way_through_a_hidden_field():
    rows = rows_of(xlsx_file(CHENGDU, ["绵阳", None, "路2号", None]))
    assert from_json(to_json(rows)) == rows


@pytest.mark.parametrize("data", [1, [1], [[1, 2, 3]], [["x", ["a", "b"], {}]]])
def test_a_hidden_field_with_anything_else_is_refused(data):
    with pytest.raises(ValueError):
        from_json(data)


def bomb():
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", b"0" * 30_000_000)
    return BytesIO(content.getvalue())


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (BytesIO(b""), "empty"),
        (BytesIO("城市,电话\r\n".encode()), "heading"),
        (BytesIO("姓名,电话\r\n张三,1\r\n".encode()), "城市"),
        (BytesIO(b"\xff\xfe\x00\x01"), "CSV UTF-8"),
        (BytesIO(b"PK\x03\x04 but no archive"), "XLSX"),
        (BytesIO(b"\xd0\xcf\x11\xe0 an old workbook"), "xls"),
        (BytesIO(b"x" * (LARGEST_FILE + 1)), "1 MB"),
        (bomb(), "1 MB"),
        (csv_file(*[["成都"]] * (MOST_ROWS + 1)), str(MOST_ROWS)),
        (csv_file(['"' + "x" * 200_000 + '"']), "CSV"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_what_to_do(file, message):
    with pytest.raises(ValidationError, match=message):
        rows_of(file)


def test_an_archive_without_a_workbook_is_refused():
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("hello.txt", "hello")
    with pytest.raises(ValidationError, match="XLSX"):
        rows_of(BytesIO(content.getvalue()))
