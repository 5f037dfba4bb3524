"""An editor of 成都 works on the pages of 成都, and is refused on those of 重庆 wherever one could try."""

from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Locale, Page, Workflow, WorkflowTask
from wagtail.test.utils.form_data import nested_form_data, streamfield
from wagtail_localize.fields import get_translatable_fields
from wagtail_localize.models import Translation, TranslationSource

from home.models import CityPage, ProvinceContent
from tests.editors import build_register, create_editor
from tests.factories import (
    CityIndexPageFactory,
    CityPageFactory,
    home_page,
)


def page_form(city, **fields) -> dict:
    return {
        "title": city.short_name,
        "slug": city.slug,
        "city": city.pk,
        "intro": "",
        "seo_title": "",
        "search_description": "",
        "listing_summary": "",
        "social_image": "",
        **nested_form_data(
            {
                "body": streamfield([]),
                "comments": {
                    "TOTAL_FORMS": 0,
                    "INITIAL_FORMS": 0,
                    "MIN_NUM_FORMS": 0,
                },
            }
        ),
        **fields,
    }


class LimitedEditorTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.places = build_register()
        cls.cities = CityIndexPageFactory(slug="cities")
        cls.chengdu, cls.mianyang, cls.chongqing = (
            CityPageFactory(parent=cls.cities, city=cls.places[name])
            for name in ("chengdu", "mianyang", "chongqing")
        )
        cls.editor = create_editor(cls.places["chengdu"])
        cls.editor_of_province = create_editor(cls.places["sichuan"])
        cls.unlimited = create_editor()

    def setUp(self):
        self.client.force_login(self.editor)

    def path(self, name: str, *args) -> str:
        return reverse(f"wagtailadmin_pages:{name}", args=args)

    def assert_refused(self, response) -> None:
        """Wagtail sends who may not do something to the admin's home, with a message."""
        self.assertRedirects(
            response, reverse("wagtailadmin_home"), fetch_redirect_response=False
        )

    def assert_untouched(self, page: Page) -> None:
        before = page
        after = type(page).objects.get(pk=page.pk)
        for name in (
            "live",
            "title",
            "path",
            "locked",
            "city_id",
            "latest_revision_id",
        ):
            self.assertEqual(getattr(after, name), getattr(before, name), name)


class RefusalTests(LimitedEditorTestCase):
    def test_no_view_of_a_foreign_page_opens(self):
        pk = self.chongqing.pk
        names = ["edit", "delete", "unpublish", "move", "copy", "usage", "history"]
        names += ["set_privacy", "view_draft", "preview_on_edit", "workflow_history"]
        for name in names:
            with self.subTest(name):
                self.assert_refused(self.client.get(self.path(name, pk)))

    def test_no_view_of_a_page_without_a_city_opens(self):
        for page in (self.cities, home_page()):
            for name in ("edit", "delete", "unpublish", "move", "copy", "history"):
                with self.subTest(page=page, name=name):
                    self.assert_refused(self.client.get(self.path(name, page.pk)))

    def test_writing_to_a_foreign_page_is_refused(self):
        pk = self.chongqing.pk
        fields = page_form(self.places["chengdu"])
        requests = {
            "edit": fields,
            "delete": {},
            "unpublish": {},
            "copy": {
                "new_title": "x",
                "new_slug": "x",
                "new_parent_page": self.cities.pk,
            },
            "lock": {},
            "unlock": {},
            "set_privacy": {"restriction_type": "login"},
        }
        for name, data in requests.items():
            with self.subTest(name):
                self.assert_refused(self.client.post(self.path(name, pk), data))
        publish = {**fields, "action-publish": "1"}
        self.assert_refused(self.client.post(self.path("edit", pk), publish))
        self.assert_untouched(self.chongqing)
        self.assertEqual(CityPage.objects.count(), 3)

    def test_moving_a_foreign_page_is_refused(self):
        other = CityIndexPageFactory(parent=home_page(), slug="other")
        path = self.path("move_confirm", self.chongqing.pk, other.pk)
        self.assert_refused(self.client.post(path))
        self.assert_untouched(self.chongqing)

    def test_reordering_is_refused_as_it_concerns_others(self):
        path = self.path("set_page_position", self.chengdu.pk)
        self.assert_refused(self.client.post(f"{path}?position=2"))

    def test_owning_a_foreign_page_is_no_help(self):
        self.chongqing.owner = self.editor
        self.chongqing.save()
        self.assert_refused(self.client.get(self.path("edit", self.chongqing.pk)))

    def test_having_locked_a_foreign_page_is_no_help(self):
        Page.objects.filter(pk=self.chongqing.pk).update(
            locked=True, locked_by=self.editor, locked_at=timezone.now()
        )
        self.assert_refused(self.client.post(self.path("unlock", self.chongqing.pk)))

    def test_the_pages_of_a_city_below_the_province_are_the_provinces(self):
        self.client.force_login(self.editor_of_province)
        for page in (self.chengdu, self.mianyang):
            response = self.client.get(self.path("edit", page.pk))
            self.assertEqual(response.status_code, 200)
        self.assert_refused(self.client.get(self.path("edit", self.chongqing.pk)))

    def test_the_pages_of_a_sister_city_are_not_the_citys(self):
        self.assert_refused(self.client.get(self.path("edit", self.mianyang.pk)))

    def test_who_has_no_limits_edits_everything(self):
        self.client.force_login(self.unlimited)
        for page in (self.chengdu, self.chongqing, self.cities, home_page()):
            response = self.client.get(self.path("edit", page.pk))
            self.assertEqual(response.status_code, 200)


class OwnPageTests(LimitedEditorTestCase):
    def test_views_of_an_own_page_open(self):
        for name in ("edit", "delete", "unpublish", "move", "copy", "history", "usage"):
            with self.subTest(name):
                response = self.client.get(self.path(name, self.chengdu.pk))
                self.assertEqual(response.status_code, 200)

    def test_an_own_page_is_edited_and_published(self):
        fields = page_form(self.places["chengdu"], title="成都认证")
        path = self.path("edit", self.chengdu.pk)
        response = self.client.post(path, {**fields, "action-publish": "1"})
        self.assertEqual(response.status_code, 302)
        self.chengdu.refresh_from_db()
        self.assertEqual(self.chengdu.title, "成都认证")

    def test_an_own_page_is_unpublished_locked_and_deleted(self):
        pk = self.chengdu.pk
        for name in ("lock", "unlock", "unpublish", "delete"):
            self.client.post(self.path(name, pk))
        self.assertFalse(CityPage.objects.filter(pk=pk).exists())

    def test_an_own_page_moves_to_another_list(self):
        other = CityIndexPageFactory(parent=home_page(), slug="other")
        self.client.post(self.path("move_confirm", self.chengdu.pk, other.pk))
        self.assertTrue(CityPage.objects.child_of(other).exists())

    def test_a_page_of_an_own_city_is_created(self):
        self.chengdu.delete()
        path = self.path("add", "home", "citypage", self.cities.pk)
        self.assertEqual(self.client.get(path).status_code, 200)
        fields = page_form(self.places["chengdu"])
        response = self.client.post(path, {**fields, "action-publish": "1"})
        self.assertEqual(response.status_code, 302)
        self.assertTrue(CityPage.objects.get(city=self.places["chengdu"]).live)

    def test_a_page_of_a_foreign_city_is_not_created(self):
        path = self.path("add", "home", "citypage", self.cities.pk)
        for name in ("chongqing", "mianyang"):
            for action in ({}, {"action-publish": "1"}):
                fields = page_form(self.places[name], slug="new", **action)
                response = self.client.post(path, fields)
                errors = response.context["form"].errors
                self.assertIn("成都市", errors["city"][0])
        self.assertEqual(CityPage.objects.count(), 3)

    def test_a_page_does_not_go_to_a_foreign_city(self):
        fields = page_form(self.places["chongqing"], slug="new")
        response = self.client.post(self.path("edit", self.chengdu.pk), fields)
        self.assertIn("成都市", response.context["form"].errors["city"][0])
        self.assert_untouched(self.chengdu)

    def test_the_form_offers_own_cities_only(self):
        for editor, names in (
            (self.editor, ["成都市"]),
            (self.editor_of_province, ["成都市", "绵阳市"]),
        ):
            self.client.force_login(editor)
            response = self.client.get(self.path("edit", self.chengdu.pk))
            queryset = response.context["form"].fields["city"].queryset
            self.assertEqual([city.name for city in queryset], names)

    def test_pages_without_a_city_are_not_created(self):
        for app, model, parent in (
            ("home", "cityindexpage", home_page()),
            ("forms", "formpage", home_page()),
            ("home", "homepage", Page.get_first_root_node()),
        ):
            with self.subTest(model):
                path = self.path("add", app, model, parent.pk)
                self.assert_refused(self.client.get(path))
                self.assert_refused(self.client.post(path, {"title": "x", "slug": "x"}))


class VersionTests(LimitedEditorTestCase):
    """A page is an editor's own only when its draft and its scheduled version are too."""

    def revise(self, page: CityPage, name: str, **fields):
        page.city = self.places[name]
        for key, value in fields.items():
            setattr(page, key, value)
        return page.save_revision()

    def test_a_page_whose_draft_is_about_a_foreign_city_is_not_own(self):
        self.revise(self.chengdu, "chongqing")
        self.assert_refused(self.client.get(self.path("edit", self.chengdu.pk)))
        self.assert_refused(self.client.post(self.path("unpublish", self.chengdu.pk)))

    def test_a_live_page_about_a_foreign_city_is_not_own_through_its_draft(self):
        self.revise(self.chongqing, "chengdu")
        fields = page_form(self.places["chengdu"], **{"action-publish": "1"})
        path = self.path("edit", self.chongqing.pk)
        self.assert_refused(self.client.post(path, fields))

    def test_a_page_scheduled_for_a_foreign_city_is_not_own(self):
        later = timezone.now() + timezone.timedelta(days=1)
        self.revise(self.chengdu, "chongqing", go_live_at=later).publish()
        self.revise(self.chengdu, "chengdu", go_live_at=None)
        self.assert_refused(self.client.get(self.path("edit", self.chengdu.pk)))

    def test_an_old_version_about_a_foreign_city_does_not_come_back(self):
        old = self.revise(self.chengdu, "chongqing")
        self.revise(self.chengdu, "chengdu").publish()
        path = self.path("revisions_revert", self.chengdu.pk, old.pk)
        self.assertEqual(self.client.get(path).status_code, 200)
        fields = page_form(self.places["chongqing"], slug="new")
        response = self.client.post(path, {**fields, "action-publish": "1"})
        self.assertIn("city", response.context["form"].errors)

    def test_a_version_of_a_foreign_page_does_not_come_back(self):
        old = self.revise(self.chongqing, "chongqing")
        for name in ("revisions_revert", "revisions_view"):
            path = self.path(name, self.chongqing.pk, old.pk)
            self.assert_refused(self.client.get(path))

    def test_a_schedule_of_a_foreign_page_is_not_cancelled(self):
        later = timezone.now() + timezone.timedelta(days=1)
        revision = self.revise(self.chongqing, "chongqing", go_live_at=later)
        revision.publish()
        path = self.path("revisions_unschedule", self.chongqing.pk, revision.pk)
        self.assert_refused(self.client.post(path))

    def test_an_alias_of_a_foreign_page_is_not_converted(self):
        other = CityIndexPageFactory(parent=home_page(), slug="other")
        alias = self.chongqing.create_alias(parent=other)
        self.assert_refused(self.client.post(self.path("convert_alias", alias.pk)))

    def test_an_own_page_is_copied_and_the_copy_is_own(self):
        data = {"new_title": "成都二", "new_slug": "chengdu-2"}
        data["new_parent_page"] = CityIndexPageFactory(slug="other").pk
        self.client.post(self.path("copy", self.chengdu.pk), data)
        copy = CityPage.objects.get(slug="chengdu-2")
        self.assertEqual(copy.city, self.places["chengdu"])
        response = self.client.get(self.path("edit", copy.pk))
        self.assertEqual(response.status_code, 200)


class WorkflowTests(LimitedEditorTestCase):
    """Wagtail lets whoever approves a task into the page, whatever the page."""

    def start(self, page: CityPage):
        task = GroupApprovalTask.objects.create(name="Approve")
        task.groups.set(Group.objects.all())
        workflow = Workflow.objects.create(name="Workflow")
        WorkflowTask.objects.create(workflow=workflow, task=task)
        page.save_revision()
        return workflow.start(page, self.unlimited).current_task_state

    def review(self, page: CityPage, action: str):
        state = self.start(page)
        path = self.path("workflow_action", page.pk, action, state.pk)
        return self.client.post(path, {"comment": "x"})

    def test_a_foreign_page_is_not_approved_or_sent_back(self):
        for action in ("approve", "reject"):
            self.assert_refused(self.review(self.chongqing, action))
            state = self.chongqing.current_workflow_state
            self.assertEqual(state.status, state.STATUS_IN_PROGRESS)
            state.cancel(user=self.unlimited)

    def test_a_foreign_page_in_review_is_not_edited_or_previewed(self):
        state = self.start(self.chongqing)
        pk = self.chongqing.pk
        self.assert_refused(self.client.get(self.path("edit", pk)))
        self.assert_refused(self.client.post(self.path("lock", pk)))
        for path in (
            self.path("workflow_preview", pk, state.task.pk),
            self.path("confirm_workflow_cancellation", pk),
            self.path("collect_workflow_action_data", pk, "approve", state.pk),
        ):
            self.assert_refused(self.client.get(path))

    def test_an_own_page_is_approved(self):
        self.review(self.chengdu, "approve")
        self.assertFalse(self.chengdu.workflow_in_progress)


class TranslationTests(LimitedEditorTestCase):
    """wagtail-localize asks for one permission, whatever is translated."""

    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        Locale.objects.create(language_code="en")
        permission = Permission.objects.get(codename="submit_translation")
        cls.editor.groups.get().permissions.add(permission)

    def test_a_foreign_page_is_not_translated(self):
        name = "wagtail_localize:submit_page_translation"
        for page, refused in ((self.chongqing, True), (self.chengdu, False)):
            response = self.client.get(reverse(name, args=[page.pk]))
            if refused:
                self.assert_refused(response)
            else:
                self.assertEqual(response.status_code, 200)

    def test_a_translation_of_an_own_page_is_given_no_foreign_city(self):
        field = next(
            each
            for each in get_translatable_fields(CityPage)
            if each.field_name == "city"
        )
        self.assertFalse(field.is_overridable(self.chengdu))
        province = next(
            each
            for each in get_translatable_fields(ProvinceContent)
            if each.field_name == "province"
        )
        self.assertFalse(province.is_overridable(None))

    def test_translations_of_a_foreign_page_are_not_updated_or_written(self):
        source, _created = TranslationSource.get_or_create_from_instance(self.chongqing)
        english = self.cities.copy_for_translation(
            Locale.objects.get(language_code="en"), copy_parents=True
        )
        self.assertTrue(english.pk)
        translation = Translation.objects.create(
            source=source, target_locale=english.locale
        )
        translation.save_target()
        update = reverse("wagtail_localize:update_translations", args=[source.pk])
        self.assert_refused(self.client.get(update))
        stop = reverse("wagtail_localize:stop_translation", args=[translation.pk])
        self.assert_refused(self.client.post(stop))

    def test_the_text_of_a_foreign_province_is_not_translated(self):
        text = ProvinceContent.objects.create(province=self.places["sichuan"])
        args = ["home", "provincecontent", text.pk]
        path = reverse("wagtail_localize:submit_snippet_translation", args=args)
        self.assert_refused(self.client.get(path))
        self.client.force_login(self.editor_of_province)
        self.assertEqual(self.client.get(path).status_code, 200)


class BulkActionTests(LimitedEditorTestCase):
    def act(self, action: str, **data):
        query = "&".join(
            f"id={page.pk}" for page in (self.chengdu, self.chongqing, self.cities)
        )
        path = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
        return self.client.post(f"{path}?{query}", data)

    def test_only_own_pages_are_unpublished_and_published(self):
        self.act("unpublish")
        live = set(Page.objects.live().values_list("pk", flat=True))
        self.assertNotIn(self.chengdu.pk, live)
        self.assertLessEqual({self.chongqing.pk, self.cities.pk}, live)
        Page.objects.filter(pk=self.chongqing.pk).update(live=False)
        self.act("publish", include_descendants="on")
        live = set(Page.objects.live().values_list("pk", flat=True))
        self.assertIn(self.chengdu.pk, live)
        self.assertNotIn(self.chongqing.pk, live)

    def test_only_own_pages_are_deleted(self):
        self.act("delete")
        self.assertEqual(set(CityPage.objects.all()), {self.mianyang, self.chongqing})

    def test_only_own_pages_are_moved(self):
        other = CityIndexPageFactory(parent=home_page(), slug="other")
        self.act("move", chooser=other.pk)
        self.assertEqual(list(CityPage.objects.child_of(other)), [self.chengdu])

    def test_the_others_are_named_as_left_out(self):
        response = self.client.get(
            reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"]),
            {"id": [self.chengdu.pk, self.chongqing.pk]},
        )
        left_out = [
            each["item"].pk for each in response.context["items_with_no_access"]
        ]
        self.assertEqual(left_out, [self.chongqing.pk])


class ExplorerTests(LimitedEditorTestCase):
    def explore(self):
        return self.client.get(reverse("wagtailadmin_explore", args=[self.cities.pk]))

    def test_others_pages_are_listed_without_a_way_to_edit_them(self):
        html = self.explore().content.decode()
        self.assertIn("重庆", html)
        self.assertIn(self.path("edit", self.chengdu.pk), html)
        self.assertNotIn(self.path("edit", self.chongqing.pk), html)
        self.assertNotIn(self.path("edit", self.cities.pk), html)
        self.assertIn(self.path("add_subpage", self.cities.pk), html)

    def queries_of_exploring(self) -> list[str]:
        self.explore()
        with CaptureQueriesContext(connection) as context:
            self.explore()
        return [query["sql"] for query in context]

    def test_the_list_costs_the_same_however_many_pages_it_shows(self):
        few = self.queries_of_exploring()
        for number in range(47):
            place = self.places["chengdu" if number % 2 else "chongqing"]
            page = CityPageFactory(parent=self.cities, city=place, slug=f"p{number}")
            if number % 3 == 0:
                page.save_revision()
        many = self.queries_of_exploring()
        self.assertEqual(len(self.explore().context["object_list"]), 50)
        self.assertEqual(len(many), len(few), "\n".join(set(many) - set(few)))

    def test_limits_cost_one_query_for_who_has_none(self):
        self.client.force_login(self.unlimited)
        queries = self.queries_of_exploring()
        self.assertEqual(len([sql for sql in queries if "editorplace" in sql]), 1)

    def test_limits_cost_a_superuser_nothing(self):
        self.client.force_login(create_editor(is_superuser=True))
        queries = self.queries_of_exploring()
        self.assertEqual([sql for sql in queries if "editorplace" in sql], [])
