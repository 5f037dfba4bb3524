from unittest.mock import ANY

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models.signals import post_save
from django.test.utils import CaptureQueriesContext
from wagtail import hooks
from wagtail.models import (
    ModelLogEntry,
    Page,
    PageLogEntry,
    PageSubscription,
    Revision,
)
from wagtail.signals import page_published, page_unpublished

from cms.cities.models import City
from home.bulk.streaming import stream_work
from home.models import CityIndexPage, CityPage
from tests.factories import CityFactory, CityPageFactory, home_page, translate
from tests.home.bulk.base import RUN_URL, BulkTestCase
from tests.home.bulk.sheets import csv_file, xlsx_file


def create_many_cities(count):
    for number in range(count):
        CityFactory(code=f"9{number:05}")


class CreatingTests(BulkTestCase):
    def test_pages_are_drafts_as_an_editor_would_have_made_them(self):
        self.run_work(names="成都\n绵阳")
        page = self.get_pages()["成都"]
        self.assertFalse(page.live)
        self.assertEqual(page.title, "{city}认证咨询")
        self.assertEqual(page.get_admin_display_title(), "成都认证咨询")
        self.assertEqual(page.slug, "chengdu")
        self.assertEqual(page.url_path, f"{self.index.url_path}chengdu/")
        self.assertEqual(page.locale, self.index.locale)
        self.assertEqual(page.owner, self.admin)
        self.assertEqual(page.latest_revision.user, self.admin)
        self.assertEqual(CityIndexPage.objects.get(pk=self.index.pk).numchild, 2)

    def test_the_tree_is_sound(self):
        self.run_work(city_set="all")
        self.assertEqual(Page.find_problems(), ([], [], [], [], []))

    def test_the_log_has_what_wagtail_writes_for_a_new_page(self):
        self.run_work(names="成都")
        entries = PageLogEntry.objects.for_instance(self.get_pages()["成都"])
        self.assertEqual(
            {(entry.action, entry.user) for entry in entries},
            {("wagtail.create", self.admin), ("wagtail.edit", self.admin)},
        )

    def test_who_creates_pages_hears_of_comments(self):
        self.run_work(names="成都")
        self.assertTrue(
            PageSubscription.objects.filter(
                user=self.admin, page__slug="chengdu", comment_notifications=True
            ).exists()
        )

    def test_hooks_for_new_pages_are_called(self):
        created = []

        def hook(request, page):
            created.append((request.user, page.slug))

        with hooks.register_temporarily("after_create_page", hook):
            self.run_work(names="成都")
        self.assertEqual(created, [(self.admin, "chengdu")])

    def test_a_page_is_the_translation_of_the_same_city_in_another_language(self):
        original = CityPageFactory(parent=self.index, city=self.cities["成都"])
        translate(home_page(), "en")
        self.index = translate(self.index, "en")
        CityPage.objects.child_of(self.index).delete()
        self.run_work(names="成都\n绵阳")
        pages = self.get_pages()
        self.assertEqual(pages["成都"].locale.language_code, "en")
        self.assertEqual(pages["成都"].translation_key, original.translation_key)
        self.assertNotEqual(pages["绵阳"].translation_key, original.translation_key)

    def test_progress_counts_real_steps(self):
        lines = self.run_work(city_set="all")
        total = len(self.cities)
        self.assertEqual(
            lines,
            [
                *({"done": n, "total": total} for n in range(1, total + 1)),
                {"report": ANY},
            ],
        )

    def test_each_line_is_sent_when_its_step_is_done(self):
        response = self.preview(names="成都\n绵阳")
        data = dict(response.context["carried_along"])
        data["digest"] = response.context["plan"].digest
        lines = iter(self.client.post(RUN_URL, data).streaming_content)
        next(lines)
        self.assertEqual(CityPage.objects.count(), 1)
        next(lines)
        self.assertEqual(CityPage.objects.count(), 2)
        self.assertIn(b"report", next(lines))

    def test_many_pages_are_told_in_a_hundred_lines(self):
        create_many_cities(120)
        lines = self.run_work(city_set="all")
        self.assertEqual(lines[-2], {"done": 125, "total": 125})
        self.assertLessEqual(len(lines), 101)


class PublishingTests(BulkTestCase):
    def test_drafts_are_published_with_their_latest_texts(self):
        page = CityPageFactory(parent=self.index, city=self.cities["成都"], live=False)
        page.intro = "新"
        page.save_revision()
        published = []
        page_published.connect(
            receiver := (lambda instance, **kwargs: published.append(instance.pk))
        )
        self.addCleanup(page_published.disconnect, receiver)
        self.run_work(action="publish", names="成都")
        page.refresh_from_db()
        self.assertTrue(page.live)
        self.assertEqual(page.intro, "新")
        self.assertEqual(published, [page.pk])

    def test_live_pages_are_unpublished(self):
        page = CityPageFactory(parent=self.index, city=self.cities["成都"])
        unpublished = []
        page_unpublished.connect(
            receiver := (lambda instance, **kwargs: unpublished.append(instance.pk))
        )
        self.addCleanup(page_unpublished.disconnect, receiver)
        self.run_work(action="unpublish", names="成都")
        page.refresh_from_db()
        self.assertFalse(page.live)
        self.assertEqual(unpublished, [page.pk])

    def test_a_page_that_has_no_revision_is_published_too(self):
        page = CityPageFactory(parent=self.index, city=self.cities["成都"], live=False)
        self.assertFalse(page.revisions.exists())
        self.run_work(action="publish", names="成都")
        page.refresh_from_db()
        self.assertTrue(page.live)


class RegisterTests(BulkTestCase):
    def test_values_of_a_table_go_to_the_register(self):
        table = csv_file(["成都", "85550111", "天府大道1号", "9:00-18:00"])
        self.run_work(city_set="file", table=table)
        city = City.objects.get(slug="chengdu")
        self.assertEqual(city.phone, "028-85550111")
        self.assertEqual(city.address, "天府大道1号")
        self.assertEqual(city.opening_hours, "9:00-18:00")

    def test_empty_and_wrong_cells_leave_the_register_as_it_is(self):
        City.objects.filter(slug="chengdu").update(phone="028-85550100", address="旧")
        table = xlsx_file(["成都", 12345678901, None, "9:00"])
        self.run_work(city_set="file", table=table)
        city = City.objects.get(slug="chengdu")
        self.assertEqual((city.phone, city.address), ("028-85550100", "旧"))
        self.assertEqual(city.opening_hours, "9:00")
        self.assertIn("成都", self.get_pages())

    def test_each_changed_city_is_logged(self):
        table = csv_file(["成都", "85550111", "路1号"], ["绵阳"])
        self.run_work(city_set="file", table=table)
        entry = ModelLogEntry.objects.get()
        self.assertEqual(entry.action, "wagtail.edit")
        self.assertEqual(entry.user, self.admin)
        self.assertEqual(entry.object_id, str(self.cities["成都"].pk))

    def test_what_listens_to_the_register_hears_of_each_city(self):
        saved = []
        post_save.connect(
            receiver := (lambda instance, **kwargs: saved.append(instance.slug)),
            sender=City,
        )
        self.addCleanup(post_save.disconnect, receiver, sender=City)
        table = csv_file(["成都", "85550111"], ["绵阳", "85550112"])
        self.run_work(city_set="file", table=table)
        self.assertEqual(saved, ["chengdu", "mianyang"])

    def test_a_table_may_change_the_register_where_all_pages_exist(self):
        CityPageFactory(parent=self.index, city=self.cities["成都"])
        table = csv_file(["成都", "85550111"])
        lines = self.run_work(city_set="file", table=table)
        self.assertEqual(lines[0], {"done": 1, "total": 1})
        self.assertEqual(City.objects.get(slug="chengdu").phone, "028-85550111")


class AllOrNothingTests(BulkTestCase):
    def count_everything(self):
        return [
            model.objects.count()
            for model in (Page, Revision, PageLogEntry, ModelLogEntry, PageSubscription)
        ]

    def assert_nothing_happened(self, before):
        self.assertEqual(self.count_everything(), before)
        self.assertEqual(City.objects.exclude(phone="").count(), 0)
        self.assertEqual(CityIndexPage.objects.get(pk=self.index.pk).numchild, 0)

    def fail_at(self, slug, error):
        def hook(request, page):
            if page.slug == slug:
                raise error

        return hooks.register_temporarily("after_create_page", hook)

    def run_table(self):
        rows = [["成都", "85550111"], ["绵阳"], ["广州"]]
        return self.run_work(city_set="file", table=csv_file(*rows))

    def test_a_fault_in_the_middle_leaves_nothing(self):
        before = self.count_everything()
        with self.fail_at("mianyang", RuntimeError("fault")), self.assertLogs("home"):
            lines = self.run_table()
        self.assertEqual(list(lines[-1]), ["error"])
        self.assertEqual(lines[-2], {"done": 2, "total": 4})
        self.assert_nothing_happened(before)

    def test_a_page_that_does_not_pass_its_checks_is_named(self):
        before = self.count_everything()
        with self.fail_at("mianyang", ValidationError("too bad")):
            lines = self.run_table()
        self.assertIn("绵阳认证咨询: too bad", lines[-1]["error"])
        self.assert_nothing_happened(before)

    def test_a_browser_that_goes_away_leaves_nothing(self):
        """The server then closes what it was sending."""
        before = self.count_everything()
        table = csv_file(["成都", "85550111"], ["绵阳"])
        response = self.preview(city_set="file", table=table)
        plan = response.context["plan"]
        lines = stream_work(plan.order, plan.digest, response.wsgi_request)
        next(lines)
        next(lines)
        lines.close()
        self.assert_nothing_happened(before)

    def test_a_plan_that_nobody_has_seen_is_not_carried_out(self):
        response = self.preview(names="成都\n绵阳")
        data = dict(response.context["carried_along"])
        data["digest"] = response.context["plan"].digest
        CityPageFactory(parent=self.index, city=self.cities["成都"])
        lines = self.run_order(data)
        self.assertEqual(list(lines[-1]), ["error"])
        self.assertNotIn("绵阳", self.get_pages())

    def test_a_draft_that_was_edited_since_the_preview_is_not_published(self):
        page = CityPageFactory(parent=self.index, city=self.cities["成都"], live=False)
        response = self.preview(action="publish", names="成都")
        data = dict(response.context["carried_along"])
        data["digest"] = response.context["plan"].digest
        page.save_revision()
        self.assertEqual(list(self.run_order(data)[-1]), ["error"])
        page.refresh_from_db()
        self.assertFalse(page.live)

    def test_an_order_that_is_not_understood_is_answered_in_json(self):
        response = self.client.post(RUN_URL, self.get_data(names=""))
        self.assertEqual(response.status_code, 400)
        self.assertTrue(response.json()["error"])


class QueryCountTests(BulkTestCase):
    """What a page costs must not depend on how many there are."""

    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        create_many_cities(20)

    def setUp(self):
        super().setUp()
        self.names = list(City.objects.cities().values_list("name", flat=True))
        self.work("create", 0, 1)  # fills the caches of content types, sites and rights

    def work(self, action, start, end):
        self.run_work(action=action, names="\n".join(self.names[start:end]))

    def get_cost(self, action):
        """Queries for one page more. In the tests, background tasks are done at once and counted too, and with each
        statement that writes what the log of changes asks."""
        with CaptureQueriesContext(connection) as few:
            self.work(action, 1, 6)
        with CaptureQueriesContext(connection) as many:
            self.work(action, 6, 16)
        return (len(many) - len(few)) / 5

    def test_a_new_page_costs_a_fixed_number_of_queries(self):
        self.assertLessEqual(self.get_cost("create"), 100)

    def test_a_publication_costs_a_fixed_number_of_queries(self):
        self.work("create", 1, 16)
        self.assertLessEqual(self.get_cost("publish"), 100)
        self.assertLessEqual(self.get_cost("unpublish"), 70)

    def test_a_preview_asks_as_much_for_many_cities_as_for_few(self):
        for action in ("create", "publish"):
            with CaptureQueriesContext(connection) as few:
                self.preview(action=action, names=self.names[1])
            with self.assertNumQueries(len(few)):
                self.preview(action=action, names="\n".join(self.names[1:]))
