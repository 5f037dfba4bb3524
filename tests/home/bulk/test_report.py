from uuid import uuid4

from django.urls import reverse
from wagtail.models import PageLogEntry

from home.models import CityPage
from tests.factories import CityIndexPageFactory, CityPageFactory, HomePageFactory
from tests.home.bulk.base import ORDER_URL, BulkTestCase, create_editor
from tests.home.bulk.sheets import csv_file


class ReportTests(BulkTestCase):
    def test_it_lists_the_pages_and_whatever_was_left_out(self):
        CityPageFactory(parent=self.index, city=self.cities["广州"])
        table = csv_file(
            ["成都", "85550111"], ["绵阳", "123"], ["广州"], ["亚特兰蒂斯"]
        )
        response = self.get_report(self.run_work(city_set="file", table=table))
        page = self.get_pages()["成都"]
        self.assertContains(response, f"/admin/pages/{page.pk}/edit/")
        for words in (
            "成都认证咨询",
            "028-85550111",
            "亚特兰蒂斯",
            "A5",
            "B3",
            "广州市",
        ):
            self.assertContains(response, words)

    def test_it_stays_in_the_history_of_the_city_list(self):
        self.run_work(names="成都\n绵阳")
        url = reverse("wagtailadmin_pages:history", args=[self.index.pk])
        self.assertContains(self.client.get(url), "2")
        entry = PageLogEntry.objects.for_instance(self.index).first()
        self.assertEqual(entry.action, "home.city_pages_in_bulk")
        self.assertIn("2", entry.message)
        self.assertContains(
            self.client.get(reverse("wagtailadmin_reports:site_history")),
            self.index.title,
        )

    def test_publishing_and_unpublishing_are_reported_too(self):
        CityPageFactory(parent=self.index, city=self.cities["成都"], live=False)
        for action in ("publish", "unpublish"):
            response = self.get_report(self.run_work(action=action, names="成都"))
            page = self.get_pages()["成都"]
            self.assertContains(response, f"/admin/pages/{page.pk}/edit/")

    def test_new_pages_can_be_published_from_it(self):
        response = self.get_report(self.run_work(names="成都\n绵阳"))
        names = "\n".join(response.context["to_publish"])
        self.run_work(action="publish", names=names)
        self.assertEqual(CityPage.objects.live().count(), 2)

    def test_pages_that_were_deleted_since_keep_their_name(self):
        lines = self.run_work(names="成都")
        self.get_pages()["成都"].delete()
        self.assertContains(self.get_report(lines), "成都认证咨询")

    def test_it_is_for_those_who_may_work_in_the_list(self):
        lines = self.run_work(names="成都")
        other = CityIndexPageFactory(parent=HomePageFactory(slug="other"))
        self.client.force_login(create_editor(other, "add"))
        self.assertRedirects(
            self.get_report(lines), "/admin/", fetch_redirect_response=False
        )

    def test_an_unknown_report_is_not_found(self):
        url = reverse("city_pages_in_bulk:report", args=[uuid4()])
        self.assertEqual(self.client.get(url).status_code, 404)


class WaysInTests(BulkTestCase):
    def test_a_city_list_leads_to_its_bulk_work(self):
        url = reverse("wagtailadmin_explore", args=[self.index.pk])
        link = f"{reverse('city_pages_in_bulk:order')}?list={self.index.pk}"
        self.assertContains(self.client.get(url), link)
        home = reverse("wagtailadmin_explore", args=[self.index.get_parent().pk])
        self.assertNotContains(self.client.get(home), "?list=")


class RecentWorkTests(BulkTestCase):
    def test_the_screen_shows_what_was_done_last(self):
        url = self.run_work(names="成都")[-1]["report"]
        self.assertContains(self.client.get(ORDER_URL), url)

    def test_work_in_the_lists_of_others_is_not_shown(self):
        url = self.run_work(names="成都")[-1]["report"]
        other = CityIndexPageFactory(parent=HomePageFactory(slug="other"))
        self.client.force_login(create_editor(other, "add"))
        self.assertNotContains(self.client.get(ORDER_URL), url)

    def test_work_on_the_register_alone_is_called_so(self):
        CityPageFactory(parent=self.index, city=self.cities["成都"])
        table = csv_file(["成都", "85550111", "路1号"])
        lines = self.run_work(city_set="file", table=table)
        self.assertIn("2", self.get_report(lines).context["headline"])
