"""Who may see leads finds, filters, reads and exports them; nobody else sees one, and nobody writes one."""

import csv
import io
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from openpyxl import load_workbook

from cms.users.models import User
from forms.models import Lead
from tests.factories import CityFactory
from tests.forms.factories import LeadFactory, TouchFactory

pytestmark = pytest.mark.django_db

LEADS = "/admin/leads/"
FORMULA = '=HYPERLINK("http://elsewhere.example","x")'


def client_with(*permissions, username="editor"):
    user = User.objects.create_user(username, password="x")
    user.user_permissions.set(
        Permission.objects.filter(codename__in=["access_admin", *permissions])
    )
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def agent():
    """Somebody who may see leads and what they hold, and nothing else."""
    return client_with("view_lead", "reveal_lead", "export_lead")


def listed(response):
    return [lead.receipt for lead in response.context["object_list"]]


class TestPermissions:
    PATHS = ("", "results/", "export/")

    @pytest.mark.parametrize("path", PATHS)
    def test_leads_are_seen_with_permission(self, agent, path):
        assert agent.get(LEADS + path).status_code == 200

    @pytest.mark.parametrize("path", PATHS)
    @pytest.mark.parametrize(
        "permission", ["", "add_lead", "delete_lead", "export_lead", "reveal_lead"]
    )
    def test_leads_are_not_seen_without(self, permission, path):
        lead = LeadFactory()
        response = client_with(permission).get(LEADS + path)
        assert response.status_code == 302
        assert lead.receipt.encode() not in response.content

    def test_one_lead_is_not_seen_without_permission(self):
        lead = LeadFactory()
        response = client_with("delete_lead").get(f"{LEADS}inspect/{lead.pk}/")
        assert response.status_code == 302

    def test_menu_shows_leads_only_to_those_who_may_see_them(self, agent):
        assert LEADS in agent.get("/admin/").content.decode()

    def test_menu_hides_leads_from_others(self):
        assert LEADS not in client_with().get("/admin/").content.decode()

    def test_permission_can_be_given_to_a_group(self, admin_client):
        group = Group.objects.create(name="Agents")
        page = admin_client.get(f"/admin/groups/edit/{group.pk}/").content.decode()
        names = ("view", "change", "delete", "reveal", "export", "add")
        ids = {
            name: Permission.objects.get(codename=f"{name}_lead").pk for name in names
        }
        offered = {name for name, pk in ids.items() if f'value="{pk}"' in page}
        assert offered == set(names) - {"add"}

    @pytest.mark.parametrize("name", ["add", "edit", "copy", "history", "usage"])
    def test_there_is_no_view_that_writes_a_lead(self, name):
        with pytest.raises(NoReverseMatch):
            reverse(f"leads:{name}")

    def test_lead_is_deleted_only_with_permission(self, agent):
        lead = LeadFactory()
        assert agent.post(f"{LEADS}delete/{lead.pk}/").status_code == 302
        assert Lead.objects.exists()

    def test_lead_is_deleted_with_permission(self, admin_client):
        lead = LeadFactory()
        admin_client.post(f"{LEADS}delete/{lead.pk}/")
        assert not Lead.objects.exists()


class TestList:
    @pytest.fixture
    def leads(self):
        chengdu = CityFactory(slug="chengdu")
        first = LeadFactory(city=chengdu, source=Lead.Source.HTML)
        other = LeadFactory(
            form=first.form,
            name="李四",
            mobile="+8613900139000",
            source=Lead.Source.API,
        )
        return first, other

    def test_newest_lead_stands_first(self, agent, leads):
        first, other = leads
        assert listed(agent.get(LEADS)) == [other.receipt, first.receipt]

    @pytest.mark.parametrize("words", ["张三", "138 0013 8000", "13800138000"])
    def test_search_finds_name_and_number(self, agent, leads, words):
        assert listed(agent.get(LEADS, {"q": words})) == [leads[0].receipt]

    def test_filters_narrow_the_list(self, agent, leads):
        first, other = leads
        assert listed(agent.get(LEADS, {"city": first.city.pk})) == [first.receipt]
        assert listed(agent.get(LEADS, {"source": "api"})) == [other.receipt]
        assert len(listed(agent.get(LEADS, {"form": first.form.pk}))) == 2

    def test_filter_by_day(self, agent, leads):
        first, other = leads
        Lead.objects.filter(pk=first.pk).update(
            created_at=timezone.now() - timezone.timedelta(days=3)
        )
        today = timezone.localdate().isoformat()
        assert listed(agent.get(LEADS, {"created_at_from": today})) == [other.receipt]

    def test_city_without_leads_is_no_choice(self, agent, leads):
        CityFactory(short_name="无人")
        assert "无人" not in agent.get(LEADS).content.decode()

    def test_number_of_queries_does_not_grow_with_the_list(self, agent, leads):
        agent.get(LEADS)
        with CaptureQueriesContext(connection) as before:
            agent.get(LEADS)
        LeadFactory.create_batch(10, form=leads[0].form, city=leads[0].city)
        with CaptureQueriesContext(connection) as after:
            agent.get(LEADS)
        assert len(after) == len(before)


def test_lead_is_read_with_all_its_answers(agent):
    lead = LeadFactory(
        answers=[
            {"label": "公司座机", "value": "85550100转1", "display": "028-85550100-1"},
            {"label": "备注", "value": "", "display": "<script>x</script>"},
        ],
    )
    url = "https://www.example.com/news/"
    TouchFactory(lead=lead, page_url=url, utm_source="baidu")
    path = f"{LEADS}reveal/{lead.pk}/"
    page = agent.post(path, {"reason": "首次联系"}).content.decode()
    for text in ("公司座机", "028-85550100-1", "85550100转1", "baidu", url):
        assert text in page
    assert "<script>x</script>" not in page


class TestExport:
    def rows(self, client, **filters):
        path = f"{LEADS}export/?{urlencode(filters)}"
        response = client.post(path, {"export": "csv", "purpose": "月报"})
        content = b"".join(response.streaming_content)
        assert content.startswith(b"\xef\xbb\xbf")  # Excel garbles Chinese without
        return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))

    def cells(self, client):
        purpose = {"export": "xlsx", "purpose": "月报"}
        response = client.post(f"{LEADS}export/", purpose)
        book = load_workbook(io.BytesIO(b"".join(response.streaming_content)))
        return [cell for row in book.active.iter_rows() for cell in row]

    def test_csv_holds_numbers_as_they_are_dialled(self, agent):
        LeadFactory(landline="+862885550100", landline_extension="8012")
        (row,) = self.rows(agent)
        assert "138 0013 8000" in row.values()
        assert "028-85550100-8012" in row.values()

    def test_answers_stand_in_one_cell(self, agent):
        LeadFactory(answers=[{"label": "备注", "display": "急"}])
        (row,) = self.rows(agent)
        assert "备注: 急" in row.values()

    def test_filters_hold_for_the_export(self, agent):
        first = LeadFactory(source=Lead.Source.HTML)
        LeadFactory(form=first.form, source=Lead.Source.API)
        assert len(self.rows(agent, source="api")) == 1

    @pytest.mark.parametrize("sign", ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "＝1+1"])
    def test_csv_runs_no_formula(self, agent, sign):
        LeadFactory(company=sign)
        (row,) = self.rows(agent)
        assert f"'{sign}" in row.values()

    def test_xlsx_runs_no_formula(self, agent):
        LeadFactory(company=FORMULA, name="@x")
        assert FORMULA in [cell.value for cell in self.cells(agent)]
        assert all(cell.data_type != "f" for cell in self.cells(agent))

    def test_control_characters_do_not_break_the_export(self, agent):
        LeadFactory(company="a\x0bb")
        assert "ab" in [cell.value for cell in self.cells(agent)]

    def test_rare_characters_survive(self, agent):
        LeadFactory(name="𠮷田𬀩", company="é“Ω”")
        (row,) = self.rows(agent)
        assert {"𠮷田𬀩", "é“Ω”"} <= set(row.values())
