from django.contrib.auth.models import Permission

from cms.cities.models import City
from home.models import CityPage
from tests.factories import CityIndexPageFactory, CityPageFactory, HomePageFactory
from tests.home.bulk.base import (
    ORDER_URL,
    RUN_URL,
    BulkTestCase,
    create_editor,
)
from tests.home.bulk.sheets import csv_file

MENU = "city-pages-in-bulk"


class PermissionTests(BulkTestCase):
    def sign_in(self, *actions, page=None):
        editor = create_editor(page or self.index, *actions)
        self.client.force_login(editor)
        return editor

    def assert_refused(self, response):
        """Wagtail's own answer: back to the admin's first page, with a message."""
        self.assertRedirects(response, "/admin/", fetch_redirect_response=False)

    def test_the_screen_is_for_those_who_may_add_or_publish_city_pages(self):
        self.sign_in("change")
        self.assert_refused(self.client.get(ORDER_URL))
        self.assert_refused(self.preview(names="成都"))
        self.assertNotContains(self.client.get("/admin/"), MENU)
        for action in ("add", "publish"):
            self.sign_in(action)
            self.assertEqual(self.client.get(ORDER_URL).status_code, 200)
            self.assertContains(self.client.get("/admin/"), MENU)

    def test_visitors_are_asked_to_sign_in(self):
        self.client.logout()
        self.assertRedirects(
            self.client.get(ORDER_URL),
            f"/admin/login/?next={ORDER_URL}",
            fetch_redirect_response=False,
        )

    def test_the_work_is_refused_as_the_screen_is(self):
        self.sign_in("change")
        response = self.client.post(
            RUN_URL,
            self.get_data(names="成都"),
            headers={"X-Requested-With": "XMLHttpRequest"},
        )
        self.assertEqual(response.status_code, 403)
        self.assertFalse(CityPage.objects.exists())

    def test_only_the_lists_of_the_editor_are_offered(self):
        other = CityIndexPageFactory(
            parent=HomePageFactory(slug="other"), title="他人城市"
        )
        self.sign_in("add")
        self.assertNotContains(self.client.get(ORDER_URL), "他人城市")
        form = self.preview(city_list=other.pk, names="成都").context["form"]
        self.assertIn("city_list", form.errors)

    def test_who_may_not_publish_is_not_offered_it(self):
        CityPageFactory(parent=self.index, city=self.cities["成都"], live=False)
        self.sign_in("add")
        self.assertNotContains(self.client.get(ORDER_URL), 'value="unpublish"')
        form = self.preview(action="publish", names="成都").context["form"]
        self.assertIn("action", form.errors)

    def test_an_action_must_be_allowed_in_the_chosen_list(self):
        other = CityIndexPageFactory(parent=HomePageFactory(slug="other"))
        editor = self.sign_in("add")
        group = create_editor(other, "publish").groups.get()
        editor.groups.add(group)
        CityPageFactory(parent=self.index, city=self.cities["成都"], live=False)
        self.assert_refused(self.preview(action="publish", names="成都"))
        self.assert_refused(self.preview(city_list=other.pk, names="成都"))

    def test_an_editor_who_may_add_pages_creates_drafts(self):
        editor = self.sign_in("add")
        self.run_work(names="成都")
        self.assertEqual(self.get_pages()["成都"].owner, editor)

    def test_the_register_is_for_those_who_may_change_it(self):
        editor = self.sign_in("add")
        table = {"city_set": "file", "table": csv_file(["成都", "85550111"])}
        plan = self.preview(**table).context["plan"]
        self.assertEqual(plan.changes, [])
        self.assertEqual(len(plan.refused_changes), 1)
        table["table"].seek(0)
        self.run_work(**table)
        self.assertEqual(City.objects.get(slug="chengdu").phone, "")
        editor.user_permissions.add(Permission.objects.get(codename="change_city"))
        CityPage.objects.all().delete()
        table["table"].seek(0)
        self.run_work(**table)
        self.assertEqual(City.objects.get(slug="chengdu").phone, "028-85550111")


class LimitedEditorTests(BulkTestCase):
    """Somebody who works for 成都 only."""

    def setUp(self):
        super().setUp()
        editor = create_editor(self.index, "add", "change", "publish")
        editor.places.set([self.cities["成都"]])
        self.client.force_login(editor)

    def test_pages_of_other_cities_are_not_created(self):
        self.run_work(names="成都\n绵阳")
        self.assertEqual(list(self.get_pages()), ["成都"])

    def test_pages_of_other_cities_are_not_published_or_unpublished(self):
        for name in ("成都", "绵阳"):
            CityPageFactory(parent=self.index, city=self.cities[name], live=False)
        self.run_work(action="publish", names="成都\n绵阳")
        self.assertTrue(self.get_pages()["成都"].live)
        self.assertFalse(self.get_pages()["绵阳"].live)
        CityPage.objects.update(live=True)
        self.run_work(action="unpublish", names="成都\n绵阳")
        self.assertFalse(self.get_pages()["成都"].live)
        self.assertTrue(self.get_pages()["绵阳"].live)
