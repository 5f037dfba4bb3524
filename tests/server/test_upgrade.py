"""Leads of the time before encryption: encrypted by the upgrade, still found, with the touch that they came with."""

import json

import pytest

from tests.programs import manage

PUT = """
import json
from django.db import connection
from django.utils import timezone
answers = json.dumps([dict(key="name", label="姓名", value="欧阳修远", display="欧阳修远")])
values = dict(
    receipt="K7M4P-2XQ9D", created_at=timezone.now(), name="欧阳修远", mobile="+8613800138000",
    landline="+862885550100", landline_extension="8012", company="蓉城", project_name="", answers=answers,
    form_title="快速办理通道", form_slug="quick-service", language="zh-hans", source="html",
    page_url="https://www.example.com/", referrer="", utm_source="baidu", utm_medium="", utm_campaign="",
    utm_term="", utm_content="",
)
with connection.cursor() as cursor:
    marks = ", ".join(["%s"] * len(values))
    cursor.execute(f"INSERT INTO forms_lead ({', '.join(values)}) VALUES ({marks})", list(values.values()))
"""
READ = """
import json
from django.db import connection
from forms.models import Lead
lead = Lead.objects.search("138 0013 8000").get()
touch = lead.first_touch
with connection.cursor() as cursor:
    cursor.execute("SELECT name, mobile, landline, landline_extension, answers FROM forms_lead")
    raw = cursor.fetchone()
print(json.dumps(dict(
    name=lead.name, landline=lead.landline_display, answers=lead.answers, status=lead.status,
    touch=[touch.receipt, touch.page_url, touch.utm_source, touch.answers],
    same_time=touch.created_at == lead.created_at, raw=list(raw),
)))
"""


def run(*arguments, **variables):
    result = manage(*arguments, **variables)
    assert result.returncode == 0, result.stderr
    return result.stdout


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_old_leads_are_encrypted(tmp_path, request, database, prepared_sites):
    url = ""
    if database == "postgresql":
        url = request.getfixturevalue("make_postgresql_database")("upgrade")
    variables = prepared_sites.copy("empty", tmp_path / "data", url)
    run("migrate", "forms", "0001", "-v0", **variables)
    run("shell", "-v0", "-c", PUT, **variables)
    run("migrate", "-v0", **variables)
    lead = json.loads(run("shell", "-v0", "-c", READ, **variables))
    answers = [
        {"key": "name", "label": "姓名", "value": "欧阳修远", "display": "欧阳修远"}
    ]
    assert (lead["name"], lead["landline"]) == ("欧阳修远", "028-85550100-8012")
    assert (lead["answers"], lead["status"]) == (answers, "new")
    url = "https://www.example.com/"
    assert lead["touch"] == ["K7M4P-2XQ9D", url, "baidu", answers]
    assert lead["same_time"]
    assert all(value.startswith("gAAAA") for value in lead["raw"])
