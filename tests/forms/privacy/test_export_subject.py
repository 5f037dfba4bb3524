"""`manage.py export_subject`: everything that is kept of a person, for nobody but who asked for it."""

import io
import json
import stat

import pytest
from django.core.management import CommandError, call_command

from forms.context import LeadContext
from forms.leads import capture_lead
from forms.models import Lead, PersonalDataRead

pytestmark = pytest.mark.django_db


@pytest.fixture
def touch(form_page, answers):
    return capture_lead(form_page, answers, LeadContext(Lead.Source.HTML))


@pytest.fixture
def export(tmp_path, monkeypatch):
    def run(receipt, phone="13800138000"):
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{phone}\n"))
        path = tmp_path / "person.json"
        output = io.StringIO()
        call_command(
            "export_subject", receipt, str(path), reason="本人来电", stdout=output
        )
        return path, output.getvalue()

    return run


def test_file_holds_everything_and_is_the_owners_alone(export, touch):
    path, _output = export(touch.receipt)
    (lead,) = json.loads(path.read_text())
    assert (lead["name"], lead["mobile"]) == ("张三", "138 0013 8000")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_terminal_shows_nothing_of_the_person(export, touch):
    _path, output = export(touch.receipt)
    assert "张三" not in output
    assert "1 leads written" in output


def test_it_is_kept_with_the_reason(export, touch):
    export(touch.receipt)
    read = PersonalDataRead.objects.get()
    assert (read.kind, read.reason, read.user_name) == ("copy", "本人来电", "")


def test_running_it_twice_writes_the_same(export, touch):
    first = export(touch.receipt)[0].read_text()
    assert export(touch.receipt)[0].read_text() == first


def test_wrong_number_writes_nothing(export, touch, tmp_path):
    with pytest.raises(CommandError, match="Check both"):
        export(touch.receipt, "13800138001")
    assert not list(tmp_path.iterdir())
