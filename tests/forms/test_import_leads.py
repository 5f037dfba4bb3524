"""`manage.py import_leads`: leads of an old system come in as if they had been sent, each once."""

import csv
import io
import re
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from openpyxl import Workbook

from cms.outbox.models import Channel, Message
from forms.models import Consent, Lead, Touch
from tests.factories import FormPageFactory

pytestmark = pytest.mark.django_db

HEADER = ["姓名*", "手机号码", "公司座机", "认证项目", "公司名称"]
ROW = ["张三", "138 0013 8000", "028-85550100", "iso9001", "蓉城精密机械有限公司"]
OTHER = ["李四", "13900139000", "028-85550101", "iso9001", "双流电子有限公司"]


@pytest.fixture
def load(tmp_path, form_page):
    """Imports rows, the first of them the header; gives what was printed and what went wrong."""

    def run(*rows, encoding="utf-8-sig", name="leads.csv", **options):
        path = tmp_path / name
        write(path, rows, encoding)
        output, errors = io.StringIO(), io.StringIO()
        failure = ""
        options = {"form": form_page.slug, **options}
        try:
            call_command(
                "import_leads", str(path), stdout=output, stderr=errors, **options
            )
        except CommandError as error:
            failure = str(error)
        return output.getvalue() + errors.getvalue() + failure

    return run


def write(path, rows, encoding):
    if path.suffix == ".xlsx":
        workbook = Workbook()
        for row in rows:
            workbook.active.append(row)
        workbook.save(path)
        return
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(rows)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_rows_become_leads(load, encoding, project):
    assert "2 created" in load(HEADER, ROW, OTHER, encoding=encoding)
    lead = Lead.objects.get(company="蓉城精密机械有限公司")
    assert (lead.name, lead.mobile, lead.project) == ("张三", "+8613800138000", project)
    assert (lead.source, lead.first_touch.source) == ("import", "import")


def test_workbook_whose_numbers_are_numbers_is_read(load):
    row = [ROW[0], 13800138000, *ROW[2:]]
    assert "1 created" in load(HEADER, row, name="leads.xlsx")
    assert Lead.objects.get().mobile == "+8613800138000"


def test_importing_again_stores_nothing_twice(load):
    load(HEADER, ROW, OTHER)
    assert "2 imported before" in load(HEADER, ROW, OTHER)
    assert (Lead.objects.count(), Touch.objects.count()) == (2, 2)


def test_interrupted_import_goes_on_where_it_was(load):
    load(HEADER, ROW)
    output = load(HEADER, ROW, OTHER)
    assert "1 imported before" in output
    assert "1 created" in output


def test_row_with_an_id_that_has_changed_is_refused(load):
    load(["id", *HEADER], ["7", *ROW])
    output = load(["id", *HEADER], ["7", *OTHER])
    assert "Line 2: It was imported before with other content" in output
    assert Lead.objects.get().name == "张三"


def test_who_asks_again_is_added_to_the_open_lead(load):
    again = ["张三", ROW[1], "", "iso9001", "另一公司"]
    header = [*HEADER[:2], HEADER[2], *HEADER[3:]]
    load(header, ROW)
    again[2] = ROW[2]
    assert "1 added to a lead that was open" in load(header, ROW, again)
    assert Lead.objects.get().touch_count == 2


def test_bad_row_is_named_without_what_stands_in_it_and_the_rest_comes_in(load):
    bad = ["王五", "1380013800", *ROW[2:]]
    output = load(HEADER, bad, ROW)
    assert "Line 2: 手机号码:" in output
    assert "1 rows were not imported" in output
    assert [each for each in ("王五", "1380013800", "张三") if each in output] == []
    assert Lead.objects.get().name == "张三"


def test_choices_are_taken_by_their_labels_too(load, project):
    load(HEADER, [*ROW[:3], str(project), ROW[4]])
    assert Lead.objects.get().project == project


def test_unknown_columns_are_an_error_that_names_the_known(load):
    output = load([*HEADER, "传真"], [*ROW, "1"])
    assert "Unknown columns: 传真" in output
    assert "mobile (手机号码)" in output
    assert not Lead.objects.exists()


def test_missing_and_doubled_columns_are_errors(load):
    assert "missing" in load(HEADER[:3], ROW[:3])
    assert "stand there twice: name" in load([*HEADER, "name"], [*ROW, "x"])


def test_empty_columns_do_no_harm_and_lost_cells_are_told(load):
    header = [*HEADER, "", ""]
    output = load(header, [*ROW, "", ""], [*OTHER, "", "x"])
    assert "1 created" in output
    assert "Line 3: ?: A cell stands below no heading." in output


def test_sheet_that_says_it_is_smaller_hides_no_row(tmp_path, form_page):
    path = tmp_path / "leads.xlsx"
    write(path, [HEADER, ROW, OTHER], "")
    with ZipFile(path) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = re.sub(rb'ref="A1:\w+"', b'ref="A1:A1"', parts[sheet], count=1)
    with ZipFile(path, "w") as changed:
        for name, content in parts.items():
            changed.writestr(name, content)
    call_command("import_leads", str(path), form=form_page.slug)
    assert Lead.objects.count() == 2


def test_origin_and_time_are_kept(load, chengdu):
    load(
        [*HEADER, "收到时间", "城市", "来源页面", "utm_source"],
        [*ROW, "2024/3/5 10:20", "成都", "https://www.example.com/old", "baidu"],
    )
    lead, touch = Lead.objects.get(), Touch.objects.get()
    received = timezone.localtime(lead.created_at)
    assert received.isoformat() == "2024-03-05T10:20:00+08:00"
    assert touch.created_at == lead.created_at == lead.last_touch_at
    assert (lead.city, touch.utm_source) == (chengdu, "baidu")
    assert touch.page_url == "https://www.example.com/old"
    assert lead.retain_until.year == 2026


@pytest.mark.parametrize(
    ("column", "text"),
    [("received", "gestern"), ("received", "2999-01-01"), ("city", "亚特兰蒂斯")],
)
def test_wrong_detail_is_an_error_of_its_row(load, column, text):
    assert f"Line 2: {column}:" in load([*HEADER, column], [*ROW, text])
    assert not Lead.objects.exists()


def test_history_is_imported_in_silence(load, form_page):
    form_page.receivers.add(Channel.objects.create(name="log", kind="log"))
    form_page.save()
    load(HEADER, ROW, silent=True)
    assert (Lead.objects.get().due_at, Message.objects.count()) == (None, 0)
    load(HEADER, OTHER)
    assert Message.objects.get().event == "lead.created"


def test_dry_run_stores_nothing_and_says_what_is_wrong(load):
    bad = ["王五", "1380013800", *ROW[2:]]
    output = load(HEADER, ROW, bad, dry_run=True)
    assert "1 can be imported" in output
    assert "Line 3: 手机号码:" in output
    assert not Lead.objects.exists()


def test_imported_leads_are_never_suspected(load):
    rows = [[f"客户{n}", ROW[1], *ROW[2:]] for n in range(8)]
    load(HEADER, *rows)
    assert set(Lead.objects.values_list("status", "is_verified")) == {("new", False)}


def test_closed_form_takes_history(load, form_page):
    form_page.closes_at = timezone.now()
    form_page.save()
    assert "1 created" in load(HEADER, ROW)


@pytest.mark.parametrize(("word", "given"), [("是", True), ("no", False)])
def test_consent_is_read(load, form_page, word, given):
    form_page.fields.append(("consent", {"key": "consent", "label": "同意"}))
    form_page.fields[-1].value["required"] = False
    form_page.save()
    load([*HEADER, "同意"], [*ROW, word])
    assert Consent.objects.get().is_given == given


def test_consent_that_is_neither_yes_nor_no_is_an_error(load, form_page):
    form_page.fields.append(("consent", {"key": "consent", "label": "同意"}))
    form_page.save()
    assert "Line 2: 同意: Write yes or no." in load([*HEADER, "同意"], [*ROW, "maybe"])


def test_row_costs_no_more_queries_than_a_submission(
    load, django_assert_max_num_queries
):
    rows = [[f"客户{n}", f"1390013{n:04}", *ROW[2:]] for n in range(20)]
    with django_assert_max_num_queries(20 * 24):
        load(HEADER, *rows)


@pytest.mark.parametrize("name", ["leads.csv", "leads.xlsx"])
def test_what_is_no_table_is_an_error(tmp_path, form_page, name):
    path = tmp_path / name
    path.write_bytes(b"\xff\xff\x00PK broken")
    with pytest.raises(CommandError):
        call_command("import_leads", str(path), form=form_page.slug)


def test_unknown_form_is_an_error_that_names_the_known(tmp_path, form_page):
    with pytest.raises(CommandError, match=form_page.slug):
        call_command("import_leads", str(tmp_path / "leads.csv"), form="nothing")


def test_form_of_several_languages_must_be_named(tmp_path, form_page):
    FormPageFactory(slug="other")
    with pytest.raises(CommandError, match="no file"):
        call_command("import_leads", str(tmp_path / "x.csv"), form=str(form_page.pk))
