"""What editors see of it: on the page, in the report, after saving."""

import csv
import io
import json

from django.contrib.auth.models import Group, Permission
from django.test import Client, TestCase
from django.urls import reverse
from openpyxl import load_workbook
from wagtail.models import GroupPagePermission
from wagtail.test.utils.form_data import nested_form_data, streamfield
from wagtail.users.models import UserProfile

from cms.users.models import User
from home.readiness.computing import compute_list
from home.readiness.staleness import mark_stale
from tests.factories import CityFactory, CityIndexPageFactory, HomePageFactory
from tests.home.readiness.sites import city_page, own_body, paragraph

REPORT = "/admin/reports/city-readiness/"
FORMULA = '=HYPERLINK("http://elsewhere.example","x")'


def client_of(user):
    """The admin in the language of its sources, whatever the catalogue says."""
    UserProfile.objects.create(user=user, preferred_language="en")
    client = Client()
    client.force_login(user)
    return client


def editor_of(page):
    user = User.objects.create_user("editor", password="x")
    group = Group.objects.create(name="editors")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user.groups.add(group)
    GroupPagePermission.objects.create(
        group=group,
        page=page.page_ptr,
        permission=Permission.objects.get(codename="change_page"),
    )
    return user


class AdminTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.city_list = CityIndexPageFactory()
        cls.sichuan = CityFactory(level="province", short_name="四川", name="四川省")
        cls.ready = city_page(cls.city_list, "成都", own_body(), phone="028-83221100")
        cls.ready.city.parent = cls.sichuan
        cls.ready.city.save()
        cls.bare = city_page(cls.city_list, "重庆", title="重庆认证，{city}咨询")
        cls.draft = city_page(cls.city_list, "绵阳", live=False)
        compute_list(cls.city_list)

    def setUp(self):
        self.admin = client_of(User.objects.create_superuser("admin", password="x"))

    def html(self, path):
        response = self.admin.get(path)
        self.assertEqual(response.status_code, 200)
        return response.content.decode()


class PanelTests(AdminTests):
    def panel(self, page):
        return self.html(reverse("wagtailadmin_pages:edit", args=[page.pk]))

    def test_a_ready_page_says_so(self):
        html = self.panel(self.ready)
        self.assertIn("75 of 100 points, 60 are needed.", html)
        self.assertNotIn("kept from search engines", html)

    def test_a_page_that_is_not_says_what_to_add(self):
        html = self.panel(self.bare)
        self.assertIn("kept from search engines", html)
        self.assertIn("Give the city a phone number of its own", html)
        self.assertIn("Add 3 more blocks", html)

    def test_it_leads_to_the_report(self):
        self.assertIn(f'href="{REPORT}"', self.panel(self.ready))

    def test_it_warns_of_the_wording(self):
        self.assertIn("Title: 重庆 occurs more than once.", self.panel(self.bare))

    def test_a_draft_is_told_that_publishing_is_needed(self):
        self.assertIn("A draft becomes ready when", self.panel(self.draft))

    def test_it_says_while_the_result_is_old(self):
        mark_stale([self.city_list.pk])
        self.assertIn("Being computed anew", self.panel(self.ready))

    def test_a_page_never_computed_is_being_computed(self):
        page = city_page(self.city_list, "德阳")
        self.assertIn("Being computed. Load the page again", self.panel(page))

    def test_a_page_that_is_being_created_shows_nothing(self):
        path = reverse(
            "wagtailadmin_pages:add", args=["home", "citypage", self.city_list.pk]
        )
        self.assertNotIn("Ready for search engines?", self.html(path))


class SavingTests(AdminTests):
    def save(self, page, **fields):
        data = {
            "title": page.title,
            "slug": page.slug,
            "city": page.city_id,
            "intro": "",
            "body": streamfield([]),
            "comments": {
                "TOTAL_FORMS": 0,
                "INITIAL_FORMS": 0,
                "MIN_NUM_FORMS": 0,
                "MAX_NUM_FORMS": 0,
            },
            **fields,
        }
        path = reverse("wagtailadmin_pages:edit", args=[page.pk])
        response = self.admin.post(path, nested_form_data(data), follow=True)
        return [str(message) for message in response.context["messages"]]

    def test_a_phone_in_a_title_is_warned_about_and_saved(self):
        messages = self.save(self.ready, title="{city}认证 028-83221100")
        self.assertIn("Title: a phone number (028-83221100)", " ".join(messages))
        self.ready.refresh_from_db()
        self.assertEqual(self.ready.draft_title, "{city}认证 028-83221100")

    def test_a_page_without_fault_gives_no_warning(self):
        messages = self.save(self.ready, title="{city}认证")
        self.assertEqual(len(messages), 1)


class ReportTests(AdminTests):
    # Session, user and profile; languages (2); pages counted and read; the choices of provinces; and two pages that
    # Wagtail's menu asks for.
    QUERIES = 10

    def listed(self, client=None, **query):
        response = (client or self.admin).get(REPORT, query)
        return [page.pk for page in response.context["object_list"]]

    def test_the_page_with_most_to_do_comes_first(self):
        self.assertEqual(self.listed()[-1], self.ready.pk)
        self.assertEqual(self.listed(ordering="-readiness__score")[0], self.ready.pk)

    def test_every_column_that_can_be_sorted_by_sorts(self):
        from home.readiness.report import ReadinessReportView

        keys = [each.sort_key for each in ReadinessReportView.columns if each.sort_key]
        self.assertIn("city__parent__pinyin", keys)
        for key in keys:
            self.assertEqual(len(self.listed(ordering=f"-{key}")), 3, key)

    def test_an_ordering_that_does_not_exist_is_passed_over(self):
        self.assertEqual(len(self.listed(ordering="city__phone")), 3)

    def test_it_shows_what_to_add_and_the_warnings(self):
        html = self.html(REPORT)
        self.assertIn("Own address +10", html)
        self.assertIn("重庆 occurs more than once", html)

    def test_it_can_be_narrowed(self):
        self.assertEqual(self.listed(state="ready"), [self.ready.pk])
        self.assertEqual(len(self.listed(state="not_ready")), 2)
        self.assertEqual(self.listed(state="warnings"), [self.bare.pk])
        self.assertEqual(self.listed(province=self.sichuan.pk), [self.ready.pk])
        self.assertEqual(self.listed(live="false"), [self.draft.pk])

    def test_a_page_never_computed_is_not_ready(self):
        page = city_page(self.city_list, "德阳")
        self.assertIn(page.pk, self.listed(state="not_ready"))
        self.assertIn("Being computed", self.html(REPORT))

    def test_results_alone_are_sent_for_filters(self):
        self.assertNotIn("<html", self.html(f"{REPORT}results/"))

    def test_editors_see_the_pages_they_may_edit(self):
        client = client_of(editor_of(self.draft))
        self.assertEqual(self.listed(client), [self.draft.pk])

    def test_who_may_edit_no_page_sees_no_report(self):
        user = User.objects.create_user("agent", password="x")
        user.user_permissions.add(Permission.objects.get(codename="access_admin"))
        self.assertEqual(client_of(user).get(REPORT).status_code, 302)

    def test_csv_and_xlsx_have_the_reasons(self):
        content = b"".join(self.admin.get(REPORT, {"export": "csv"}).streaming_content)
        rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
        last = rows[-1]
        self.assertEqual((last["City"], last["Province"]), ("成都市", "四川省"))
        self.assertEqual((last["Score"], last["Readiness"]), ("75", "Ready"))
        self.assertIn("Give the city an address", last["What to add"])
        response = self.admin.get(REPORT, {"export": "xlsx"})
        sheet = load_workbook(io.BytesIO(response.getvalue())).active
        self.assertEqual(len(list(sheet.rows)), 4)

    def test_what_looks_like_a_formula_is_exported_as_text(self):
        page = city_page(self.city_list, "德阳", title=FORMULA)
        content = b"".join(self.admin.get(REPORT, {"export": "csv"}).streaming_content)
        titles = [
            row["Page"]
            for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
        ]
        self.assertIn(f"'{page.title}", titles)

    def test_queries_do_not_grow_with_the_pages(self):
        self.listed()
        with self.assertNumQueries(self.QUERIES):
            self.listed()
        other = CityIndexPageFactory(parent=HomePageFactory(slug="other"))
        for number in range(10):
            page = city_page(other, f"某城{number}", [paragraph("一段文字")])
            page.city.parent = CityFactory(level="province")
            page.city.team = json.dumps([])
            page.city.save()
        compute_list(other)
        with self.assertNumQueries(self.QUERIES):
            self.listed()
