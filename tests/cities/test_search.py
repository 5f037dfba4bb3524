"""Finding cities in the real register. `searches.json` holds the server and the browser to the same rules."""

import json
from io import StringIO
from pathlib import Path

from django.core.management import call_command
from django.test import SimpleTestCase, TestCase
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from cms.cities.models import City
from cms.cities.search import fold, search_cities

SEARCHES = json.loads(Path(__file__).with_name("searches.json").read_text("utf-8"))


def register() -> list[City]:
    return list(City.objects.cities().hot_first().select_related("parent"))


class SearchTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        call_command("load_cities", stdout=StringIO())

    def setUp(self):
        self.cities = register()

    def slugs(self, text: str) -> list[str]:
        return [city.slug for city in search_cities(self.cities, text)]

    def test_every_search_of_the_table_finds_what_it_should(self):
        for search in SEARCHES:
            with self.subTest(search["text"]):
                self.assertEqual(self.slugs(search["text"]), search["found"])

    def test_every_city_is_found_by_its_names_pinyin_and_initials(self):
        for city in self.cities:
            for text in (city.short_name, city.name, city.pinyin, city.initials):
                self.assertIn(city.slug, self.slugs(text), text)

    def test_a_province_finds_all_of_its_cities(self):
        sichuan = City.objects.provinces().get(slug="sichuan")
        expected = {city.slug for city in sichuan.children.all()}
        for text in ("四川", "四川省", "sichuan"):
            self.assertEqual(set(self.slugs(text)), expected)

    def test_the_pinyin_that_two_provinces_share_finds_the_cities_of_both(self):
        found = self.slugs("shanxi")
        self.assertIn("xian", found)
        self.assertIn("taiyuan", found)

    def test_a_text_without_letters_finds_all(self):
        for text in ("", "  ", "!?", "\x00", "🙂"):
            self.assertEqual(search_cities(self.cities, text), self.cities)

    def test_it_asks_the_database_nothing(self):
        with self.assertNumQueries(0):
            self.slugs("sichuan")

    def test_names_are_those_of_the_language_and_pinyin_works_in_each(self):
        with translation.override("en"):
            self.assertEqual(self.slugs("Urumqi"), ["wulumuqi"])
            self.assertEqual(self.slugs("wulumuqi"), ["wulumuqi"])
            self.assertIn("wulumuqi", self.slugs("Xinjiang"))
        with translation.override("zh-hant"):
            self.assertEqual(self.slugs("蘇州"), ["suzhou"])

    def test_each_chinese_script_finds_what_is_shown_in_the_other(self):
        for code in ("zh-hans", "zh-hant", "en"):
            with translation.override(code):
                for text in ("绵阳", "綿陽", "綿陽市"):
                    self.assertEqual(self.slugs(text), ["mianyang"])
                self.assertEqual(set(self.slugs("廣東")), set(self.slugs("广东")))


SICHUAN = City(level=City.Level.PROVINCE, slug="sichuan", name="四川省")
CITIES = [
    City(slug="chengdu", short_name="成都", pinyin="cheng du", parent=SICHUAN),
    City(slug="lvliang", short_name="吕梁", pinyin="lv liang"),
]


class AnyTextTests(SimpleTestCase):
    @given(st.text())
    def test_whatever_is_typed_finds_some_of_the_cities_each_once(self, text):
        found = [city.slug for city in search_cities(CITIES, text)]
        self.assertEqual(len(found), len(set(found)))
        self.assertLessEqual(set(found), {"chengdu", "lvliang"})

    @given(st.text())
    def test_what_is_folded_stays_as_it_is(self, text):
        self.assertEqual(fold(fold(text)), fold(text))
