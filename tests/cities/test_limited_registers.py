"""An editor of 成都 changes the register's row of 成都; texts of provinces are for those who work for the province."""

from django.test import TestCase
from wagtail.models import Locale

from cms.cities.models import City
from home.models import ProvinceContent
from tests.editors import build_register, create_editor
from tests.factories import UserFactory

CITIES = "/admin/snippets/cities/city/"
PROVINCES = "/admin/snippets/home/provincecontent/"
EDIT = {"phone": "028-85550100", "address": "", "opening_hours": "", "team-count": 0}


class RegisterTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.places = build_register()
        cls.editor = create_editor(cls.places["chengdu"])
        cls.editor_of_province = create_editor(cls.places["sichuan"])
        cls.unlimited = create_editor()

    def setUp(self):
        self.client.force_login(self.editor)

    def answers(self, pattern: str, *rows) -> list[int]:
        return [self.client.get(pattern.format(row.pk)).status_code for row in rows]

    def listed(self, path: str) -> set:
        return set(self.client.get(path).context["object_list"])


class CityTests(RegisterTestCase):
    def test_own_places_are_listed(self):
        self.assertEqual(self.listed(CITIES), {self.places["chengdu"]})
        self.client.force_login(self.editor_of_province)
        own = {self.places[name] for name in ("sichuan", "chengdu", "mianyang")}
        self.assertEqual(self.listed(CITIES), own)

    def test_who_has_no_limits_sees_and_edits_all(self):
        self.client.force_login(self.unlimited)
        self.assertEqual(self.listed(CITIES), set(self.places.values()))
        answers = self.answers(CITIES + "edit/{}/", *self.places.values())
        self.assertEqual(set(answers), {200})

    def test_no_view_of_a_foreign_place_opens(self):
        own = self.places["chengdu"]
        foreign = [self.places[name] for name in ("sichuan", "mianyang", "chongqing")]
        for view in ("edit", "history", "usage", "history-results"):
            with self.subTest(view):
                answers = self.answers(f"{CITIES}{view}/{{}}/", own, *foreign)
                self.assertEqual(answers, [200, 302, 302, 302])

    def test_an_own_place_is_changed(self):
        chengdu = self.places["chengdu"]
        self.client.post(f"{CITIES}edit/{chengdu.pk}/", EDIT)
        chengdu.refresh_from_db()
        self.assertEqual(chengdu.phone, EDIT["phone"])

    def test_a_foreign_place_is_not_changed(self):
        chongqing = self.places["chongqing"]
        self.client.post(f"{CITIES}edit/{chongqing.pk}/", EDIT)
        chongqing.refresh_from_db()
        self.assertEqual(chongqing.phone, "")

    def test_nobody_adds_copies_or_deletes_a_place(self):
        """Which places there are is up to the data files."""
        chengdu = self.places["chengdu"]
        paths = [f"{CITIES}add/", f"{CITIES}copy/{chengdu.pk}/"]
        paths += [
            f"{CITIES}delete/{chengdu.pk}/",
            f"/admin/bulk/cities/city/delete/?id={chengdu.pk}",
        ]
        for user in (self.editor, self.unlimited, UserFactory(is_superuser=True)):
            self.client.force_login(user)
            for path in paths:
                self.client.post(path, EDIT)
            self.assertEqual(City.objects.count(), 5)


class ProvinceTests(RegisterTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        locale = Locale.get_default()
        cls.sichuan, cls.chongqing = (
            ProvinceContent.objects.create(province=cls.places[name], locale=locale)
            for name in ("sichuan", "chongqing_province")
        )

    def test_texts_of_provinces_are_not_the_citys(self):
        self.assertEqual(self.listed(PROVINCES), set())
        answers = self.answers(PROVINCES + "edit/{}/", self.sichuan, self.chongqing)
        self.assertEqual(answers, [302, 302])

    def test_texts_of_an_own_province_are_own(self):
        self.client.force_login(self.editor_of_province)
        self.assertEqual(self.listed(PROVINCES), {self.sichuan})
        for view in ("edit", "delete", "history", "usage", "copy"):
            with self.subTest(view):
                answers = self.answers(
                    f"{PROVINCES}{view}/{{}}/", self.sichuan, self.chongqing
                )
                self.assertEqual(answers, [200, 302])

    def test_a_text_of_a_foreign_province_is_not_added(self):
        self.client.force_login(self.editor_of_province)
        ProvinceContent.objects.all().delete()
        data = {"seo_title": "", "search_description": "", "intro": "", "body-count": 0}
        for name, added in (("chongqing_province", 0), ("sichuan", 1)):
            province = self.places[name].pk
            self.client.post(f"{PROVINCES}add/", {**data, "province": province})
            self.assertEqual(ProvinceContent.objects.count(), added)
