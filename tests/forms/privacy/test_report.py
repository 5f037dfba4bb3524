"""Who has read personal data is itself a report."""

import pytest

from forms.models import PersonalDataRead
from forms.privacy.reading import record_export, record_reveal
from tests.factories import UserFactory
from tests.forms.factories import LeadFactory
from tests.forms.test_lead_admin import client_with

pytestmark = pytest.mark.django_db

REPORT = "/admin/reports/personal-data/"


@pytest.fixture
def readings():
    wang, li = UserFactory(username="wang"), UserFactory(username="li")
    record_reveal(LeadFactory(), wang, "首次联系")
    record_export(li, "月报", 337, {"source": "html"})


def test_officer_sees_who_why_and_how_much(readings):
    page = client_with("view_personaldataread").get(REPORT).content.decode()
    for text in ("wang", "首次联系", "li", "月报", "337"):
        assert text in page


def test_report_is_filtered_and_exported(readings):
    client = client_with("view_personaldataread")
    found = client.get(REPORT, {"kind": "export"}).context["object_list"]
    assert [each.user_name for each in found] == ["li"]
    receipt = PersonalDataRead.objects.get(kind="reveal").receipt
    found = client.get(REPORT, {"receipt": receipt.lower()}).context["object_list"]
    assert [each.user_name for each in found] == ["wang"]
    response = client.get(REPORT, {"export": "csv"})
    assert "月报" in b"".join(response.streaming_content).decode()


@pytest.mark.parametrize("path", [REPORT, f"{REPORT}results/", f"{REPORT}?export=csv"])
def test_others_see_nothing(readings, path):
    client = client_with("view_lead", "reveal_lead")
    response = client.get(path)
    assert response.status_code == 302
    assert REPORT not in client.get("/admin/").content.decode()


def test_who_was_read_is_kept_when_the_user_is_gone(readings):
    UserFactory._meta.model.objects.filter(username="wang").delete()
    assert PersonalDataRead.objects.get(kind="reveal").user_name == "wang"
