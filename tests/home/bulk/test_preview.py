from django.test import Client

from cms.cities.models import City
from home.models import CityIndexPage, CityPage
from tests.factories import CityPageFactory, home_page, translate
from tests.home.bulk.base import ORDER_URL, BulkTestCase, words_of
from tests.home.bulk.sheets import csv_file, xlsx_file


class PreviewTests(BulkTestCase):
    def get_plan(self, **changes):
        response = self.preview(**changes)
        self.assertIn("plan", response.context, response.context.get("form"))
        return response.context["plan"]

    def get_cities(self, **changes):
        return [step.page.city.short_name for step in self.get_plan(**changes).steps]

    def test_the_form_begins_with_the_list_that_it_was_opened_for(self):
        response = self.client.get(ORDER_URL, {"list": self.index.pk})
        self.assertContains(response, f'value="{self.index.pk}" selected')

    def test_titles_are_shown_as_readers_will_see_them(self):
        plan = self.get_plan(names="成都")
        self.assertEqual([step.title for step in plan.steps], ["成都认证咨询"])

    def test_an_empty_title_pattern_is_the_name_of_the_city(self):
        CityIndexPage.objects.update(city_title="")
        plan = self.get_plan(names="成都")
        self.assertEqual(plan.steps[0].page.title, "{city}")

    def test_titles_are_shown_in_the_language_of_the_list(self):
        names = {"en": {"name": "Chengdu", "short_name": "Chengdu"}}
        City.objects.filter(slug="chengdu").update(names=names)
        translate(home_page(), "en")
        english = translate(self.index, "en", city_title="Certification in {city}")
        plan = self.get_plan(city_list=english.pk, names="成都")
        self.assertEqual(
            [step.title for step in plan.steps], ["Certification in Chengdu"]
        )

    def test_nothing_is_written(self):
        table = csv_file(["成都", "85550111"])
        self.get_plan(city_set="file", table=table)
        self.assertEqual(CityPage.objects.count(), 0)
        self.assertEqual(City.objects.get(slug="chengdu").phone, "")

    def test_the_set_may_be_provinces_hot_cities_or_all(self):
        sichuan = self.cities["成都"].parent_id
        self.assertEqual(
            self.get_cities(city_set="provinces", provinces=[sichuan]), ["成都", "绵阳"]
        )
        self.assertEqual(self.get_cities(city_set="hot"), ["广州", "成都"])
        self.assertEqual(len(self.get_cities(city_set="all")), len(self.cities))

    def test_a_pasted_list_keeps_its_order(self):
        self.assertEqual(
            self.get_cities(names="深圳市、510100，mianyang\n成都"),
            ["深圳", "成都", "绵阳"],
        )

    def test_names_that_cannot_be_matched_are_shown_with_the_reason(self):
        response = self.preview(names="成都\n成部\n吉林")
        problems = response.context["plan"].selection.problems
        self.assertEqual({each.typed for each in problems}, {"成部", "吉林"})
        self.assertIn("220200", words_of(response))

    def test_a_name_in_a_table_is_found_by_its_cell(self):
        plan = self.get_plan(city_set="file", table=csv_file(["成都"], ["成部"]))
        (problem,) = plan.selection.problems
        self.assertEqual((problem.typed, problem.places), ("成部", "A3"))

    def test_a_row_without_a_city_is_a_wrong_cell(self):
        plan = self.get_plan(
            city_set="file", table=csv_file(["成都"], ["", "028-85550111"])
        )
        self.assertEqual([c.place for c in plan.selection.wrong_cells], ["A3"])

    def test_the_button_says_what_is_done_and_what_is_left_out(self):
        table = csv_file(["成都", "1"], ["绵阳"], ["某某"])
        response = self.preview(city_set="file", table=table)
        label = response.context["start_label"]
        self.assertRegex(label, r"2\D+2")

    def test_there_is_no_button_when_there_is_nothing_to_do(self):
        response = self.preview(names="某某")
        self.assertEqual(response.context["start_label"], "")
        self.assertNotContains(response, "data-bulk-start")

    def test_cities_that_have_a_page_are_left_out(self):
        page = CityPageFactory(parent=self.index, city=self.cities["成都"], live=False)
        plan = self.get_plan(names="成都\n绵阳")
        self.assertEqual([each.page.pk for each in plan.left_out], [page.pk])
        self.assertEqual(len(plan.steps), 1)

    def test_an_address_that_another_page_has_is_reported(self):
        CityPageFactory(
            parent=self.index, city=self.cities["绵阳"], slug="chengdu", title="他"
        )
        plan = self.get_plan(names="成都")
        self.assertEqual(plan.steps, [])
        self.assertIn("他", plan.left_out[0].reason)

    def test_changes_of_the_register_are_shown_from_and_to(self):
        City.objects.filter(slug="chengdu").update(phone="028-85550100")
        table = csv_file(["成都", "85550111", "天府大道1号", ""])
        response = self.preview(city_set="file", table=table)
        changes = response.context["plan"].changes
        self.assertEqual(
            {each.name: (each.old, each.new) for each in changes},
            {
                "phone": ("028-85550100", "028-85550111"),
                "address": ("", "天府大道1号"),
            },
        )
        self.assertContains(response, "028-85550111")

    def test_texts_of_a_file_are_shown_as_text(self):
        response = self.preview(city_set="file", table=csv_file(["<b>成都</b>"]))
        self.assertNotContains(response, "<b>成都</b>")

    def test_publishing_tells_apart_what_cannot_be_published(self):
        CityPageFactory(parent=self.index, city=self.cities["成都"], live=False)
        CityPageFactory(parent=self.index, city=self.cities["绵阳"])
        CityPageFactory(
            parent=self.index, city=self.cities["广州"], live=False, locked=True
        )
        plan = self.get_plan(action="publish", city_set="all")
        self.assertEqual([step.page.city.short_name for step in plan.steps], ["成都"])
        self.assertEqual(
            {each.city.short_name for each in plan.left_out},
            {"绵阳", "广州", "深圳", "吉林"},
        )

    def test_a_live_page_with_a_newer_draft_is_published(self):
        page = CityPageFactory(parent=self.index, city=self.cities["成都"])
        page.title = "新"
        page.save_revision()
        plan = self.get_plan(action="publish", names="成都")
        self.assertEqual([step.title for step in plan.steps], ["新"])

    def test_unpublishing_is_for_pages_that_are_live(self):
        CityPageFactory(parent=self.index, city=self.cities["成都"], live=False)
        CityPageFactory(parent=self.index, city=self.cities["绵阳"])
        plan = self.get_plan(action="unpublish", names="成都\n绵阳")
        self.assertEqual([step.page.city.short_name for step in plan.steps], ["绵阳"])


class GoingBackTests(BulkTestCase):
    def go_back(self, response):
        data = {}
        for name, value in response.context["carried_along"]:
            data.setdefault(name, []).append(value)
        return self.client.post(ORDER_URL, {**data, "step": "edit"})

    def test_what_was_typed_and_chosen_is_still_there(self):
        typed = "成都、绵阳\n某某，“引号” <b>"
        form = self.go_back(self.preview(names=typed)).context["form"]
        self.assertEqual(form["names"].value(), typed)
        sichuan = str(self.cities["成都"].parent_id)
        response = self.preview(city_set="provinces", provinces=[sichuan])
        form = self.go_back(response).context["form"]
        self.assertEqual(form["provinces"].value(), [sichuan])
        self.assertEqual(form["city_set"].value(), "provinces")

    def test_an_uploaded_table_need_not_be_uploaded_again(self):
        table = csv_file(["成都", "85550111"])
        response = self.go_back(self.preview(city_set="file", table=table))
        form = response.context["form"]
        self.assertContains(response, "城市.csv")
        again = self.preview(
            city_set="file",
            kept_name=form["kept_name"].value(),
            kept_rows=form["kept_rows"].value(),
        )
        self.assertEqual(len(again.context["plan"].steps), 1)
        self.assertEqual(len(again.context["plan"].changes), 1)

    def test_a_table_is_kept_although_something_else_is_wrong(self):
        response = self.preview(table=csv_file(["成都"]), names="")
        self.assertContains(response, "城市.csv")


class BadInputTests(BulkTestCase):
    def get_errors(self, **changes):
        return self.preview(**changes).context["form"].errors

    def test_a_set_needs_what_it_is_made_of(self):
        self.assertIn("names", self.get_errors(names=" \n"))
        self.assertIn("table", self.get_errors(city_set="file"))
        self.assertIn("provinces", self.get_errors(city_set="provinces"))

    def test_a_file_that_is_no_table_is_refused_in_the_form(self):
        table = csv_file(["成都"], heading=["姓名"])
        self.assertIn("table", self.get_errors(city_set="file", table=table))

    def test_a_table_with_more_text_than_a_request_may_hold_is_refused(self):
        rows = [["成都", "", "路" * 300, "时" * 300]] * 1500
        self.assertIn("table", self.get_errors(city_set="file", table=xlsx_file(*rows)))

    def test_rows_that_were_tampered_with_are_refused(self):
        errors = self.get_errors(city_set="file", kept_rows="[[1]]")
        self.assertIn("table", errors)
        errors = self.get_errors(city_set="file", kept_rows="{")
        self.assertIn("table", errors)

    def test_an_unknown_action_is_refused(self):
        self.assertIn("action", self.get_errors(action="delete", names="成都"))

    def test_a_form_from_elsewhere_is_refused(self):
        client = Client(enforce_csrf_checks=True)
        client.force_login(self.admin)
        response = client.post(ORDER_URL, self.get_data(names="成都"))
        self.assertEqual(response.status_code, 403)
