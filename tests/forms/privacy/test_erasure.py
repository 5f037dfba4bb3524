"""After the time that it may be kept, nothing of a person is left: not readable, not decryptable, not to be found."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from cms.encryption.fields import Undecryptable, decrypt
from cms.outbox.models import Channel
from cms.outbox.queue import find
from forms.context import LeadContext
from forms.desk.statuses import add_note
from forms.leads import capture_lead
from forms.models import Lead
from forms.privacy.erasure import anonymise
from forms.privacy.retention import find_expired, purge, survey
from tests.factories import UserFactory
from tests.forms.factories import LeadFactory

pytestmark = pytest.mark.django_db

YESTERDAY = timezone.localdate() - timedelta(days=1)


@pytest.fixture
def lead(form_page, answers):
    form_page.receivers.add(Channel.objects.create(name="log", kind="log"))
    form_page.save()
    context = LeadContext(
        source=Lead.Source.API,
        page_url="https://www.example.com/?phone=13800138000",
        utm={"source": "baidu"},
        idempotency_key="k",
    )
    lead = capture_lead(form_page, answers, context).lead
    add_note(lead, "张三 13800138000", UserFactory())
    Lead.objects.update(retain_until=YESTERDAY)
    return lead


def everything():
    """All values of all tables as they lie in the database, and those that can be decrypted, decrypted."""
    values = []
    with connection.cursor() as cursor:
        for model in apps.get_models():
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            values += [str(value) for row in cursor.fetchall() for value in row]
    return "\n".join([*values, *map(read, values)])


def read(value):
    try:
        return decrypt(value) if value.startswith("gAAAA") else ""
    except Undecryptable:
        return ""


TRACES = ["13800138000", "张三", "85550100", "蓉城精密", "138****8000"]


def test_nothing_is_left(lead):
    hashes = [lead.name_hash, lead.mobile_hash, lead.landline_hash]
    before = everything()
    assert all(trace in before for trace in [*TRACES, *hashes])
    assert anonymise(lead)
    after = everything()
    assert [trace for trace in [*TRACES, *hashes] if trace in after] == []


def test_figures_are_left(lead, project):
    anonymise(lead)
    lead.refresh_from_db()
    assert (lead.project, lead.form_slug, lead.status) == (
        project,
        "quick-service",
        "new",
    )
    assert lead.first_touch.utm_source == "baidu"
    assert lead.anonymised_at


def test_it_is_done_once(lead):
    assert (anonymise(lead), anonymise(lead)) == (True, False)
    assert lead.events.filter(kind="erasure").count() == 1


def test_form_says_how_long(form_page, answers):
    form_page.retention_days = 30
    lead = capture_lead(form_page, answers, LeadContext(Lead.Source.HTML)).lead
    assert lead.retain_until == timezone.localdate() + timedelta(days=30)


def test_deleted_lead_takes_its_messages_along(lead):
    subject = lead.subject
    assert "138****8000" in everything()
    lead.delete()
    assert "138****8000" not in everything()
    assert all(message.is_erased for message in find(subject))


class TestPurge:
    @pytest.fixture
    def leads(self):
        now = timezone.now()
        form = LeadFactory().form
        kept = {"form": form, "retain_until": YESTERDAY}
        return {
            "over": LeadFactory(**kept),
            "today": LeadFactory(form=form, retain_until=timezone.localdate()),
            "held": LeadFactory(**kept, is_held=True),
            "unseen": LeadFactory(**kept, status="spam", quarantined_at=now),
            "seen": LeadFactory(
                **kept, status="spam", quarantined_at=now, quarantine_seen_at=now
            ),
        }

    def erased(self, leads):
        rows = Lead.objects.exclude(anonymised_at=None)
        return {name for name, lead in leads.items() if lead in rows}

    def test_only_what_is_over_and_may_go_is_erased(self, leads, capsys):
        call_command("purge_leads")
        assert self.erased(leads) == {"over", "seen"}
        assert "2 leads were anonymised, 1 are under legal hold, 1 wait" in (
            capsys.readouterr().out
        )

    def test_dry_run_erases_nothing_and_says_the_same(self, leads, capsys):
        call_command("purge_leads", "--dry-run")
        assert self.erased(leads) == set()
        assert "2 leads would be anonymised" in capsys.readouterr().out

    def test_interrupted_run_is_finished_by_the_next(self, leads):
        next(purge())
        list(purge())
        assert self.erased(leads) == {"over", "seen"}
        assert survey().erased == 0
        assert find_expired().count() == 2

    def test_log_names_nobody(self, leads, caplog):
        call_command("purge_leads")
        assert "13800138000" not in caplog.text
