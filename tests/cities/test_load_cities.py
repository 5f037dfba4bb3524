from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from django.core.management import CommandError, call_command
from django.test import TestCase

from cms.cities.management.commands import load_cities
from cms.cities.models import City
from tests.queries import FewerThan

PROVINCES = """\
code,name,short_name,slug,initial,pinyin,name_zh_hant,short_name_zh_hant,name_en
510000,四川省,四川,sichuan,S,si chuan,四川省,四川,Sichuan
"""
CITIES = """\
code,name,short_name,slug,initial,pinyin,name_zh_hant,short_name_zh_hant,name_en,area_code,latitude,longitude,is_hot
510100,成都市,成都,chengdu,C,cheng du,成都市,成都,Chengdu,028,30.572893,104.066794,1
510300,自贡市,自贡,zigong,Z,zi gong,自貢市,自貢,Zigong,0813,29.339030,104.778442,0
"""


def load():
    output = StringIO()
    call_command("load_cities", stdout=output)
    return output.getvalue()


class LoadCitiesTests(TestCase):
    def setUp(self):
        folder = TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.provinces_file = self.use_file(folder, "PROVINCES_FILE", PROVINCES)
        self.cities_file = self.use_file(folder, "CITIES_FILE", CITIES)

    def use_file(self, folder, name, text):
        path = Path(folder.name) / getattr(load_cities, name).name
        path.write_text(text, encoding="utf-8")
        patcher = patch.object(load_cities, name, path)
        patcher.start()
        self.addCleanup(patcher.stop)
        return path

    def replace(self, old, new):
        text = self.cities_file.read_text(encoding="utf-8")
        self.assertIn(old, text)
        self.cities_file.write_text(text.replace(old, new), encoding="utf-8")

    def assert_refused(self, *words):
        with self.assertRaises(CommandError) as caught:
            load()
        for word in words:
            self.assertIn(word, str(caught.exception))
        self.assertFalse(City.objects.exists())

    def test_creates_provinces_and_cities(self):
        output = load()
        chengdu = City.objects.cities().get(code="510100")
        self.assertEqual(chengdu.parent, City.objects.provinces().get())
        self.assertEqual(chengdu.area_code, "028")
        self.assertTrue(chengdu.is_hot)
        self.assertEqual(chengdu.initials, "cd")
        self.assertEqual(chengdu.name_in("en"), "Chengdu")
        self.assertIn("Provinces: 1 created, 0 updated, 0 unchanged.", output)
        self.assertIn("Cities: 2 created, 0 updated, 0 unchanged.", output)

    def test_loading_again_changes_nothing(self):
        load()
        before = list(City.objects.values())
        # Savepoint and its release, and the register as it is.
        with self.assertNumQueries(3):
            output = load()
        self.assertEqual(list(City.objects.values()), before)
        self.assertIn("Cities: 0 created, 0 updated, 2 unchanged.", output)

    def test_new_facts_come_in_and_what_editors_set_stays(self):
        load()
        City.objects.cities().filter(slug="zigong").update(
            phone="0813-12340813",
            address="灯城路 1 号",
            opening_hours="9–17",
            is_hot=True,
        )
        self.replace("自贡市,自贡,zigong,Z,zi gong", "自贡新市,自贡,zigong,Z,zi gong")
        output = load()
        zigong = City.objects.get(code="510300")
        self.assertEqual(zigong.name, "自贡新市")
        self.assertEqual(zigong.phone, "0813-12340813")
        self.assertEqual(zigong.address, "灯城路 1 号")
        self.assertEqual(zigong.opening_hours, "9–17")
        self.assertTrue(zigong.is_hot)
        self.assertIn("Cities: 0 created, 1 updated, 1 unchanged.", output)

    def test_a_city_that_editors_made_ordinary_stays_so(self):
        load()
        City.objects.cities().update(is_hot=False)
        load()
        self.assertFalse(City.objects.filter(is_hot=True).exists())

    def test_what_the_file_no_longer_has_is_kept_and_told(self):
        load()
        self.replace("510300,自贡市", "510400,自贡市")
        self.replace("zigong,Z", "zigong-new,Z")
        output = load()
        self.assertTrue(City.objects.filter(code="510300").exists())
        self.assertIn(
            "Kept, although the data files do not have it: 自贡市 (city 510300).",
            output,
        )

    def test_a_wrong_cell_is_named_by_file_line_and_column(self):
        self.replace("0813", "813")
        self.assert_refused("cities.csv, line 3, column area_code", "“813”")

    def test_a_cell_that_the_model_refuses_is_named(self):
        self.replace("104.778442", "east")
        self.assert_refused("cities.csv, line 3, column longitude", "“east”")

    def test_a_repeated_slug_is_named_with_its_first_line(self):
        self.replace("zigong,Z", "chengdu,Z")
        self.assert_refused("line 3, column slug", "line 2")

    def test_a_missing_column_is_named(self):
        self.replace(",slug,", ",slag,")
        self.assert_refused("cities.csv, line 1, column slug: The column is missing.")

    def test_a_line_with_too_few_cells_is_named(self):
        self.replace(",104.778442,0", "")
        self.assert_refused("cities.csv, line 3", "11 cells for 13 columns")

    def test_a_file_that_is_not_utf_8_is_refused(self):
        self.cities_file.write_text(CITIES, encoding="gb18030")
        self.assert_refused("cities.csv, line 2, column name", "UTF-8")

    def test_a_city_without_province_is_refused(self):
        self.replace("510300", "990300")
        self.assert_refused("cities.csv, line 3, column code", "no province 990000")


class LoadTheRegisterTests(TestCase):
    def test_the_whole_register_takes_few_queries(self):
        # Savepoint, register, provinces, cities in as many batches as the database wants, release; and around each
        # statement that writes, what the log of changes asks.
        with self.assertNumQueries(FewerThan(60)):
            load()
        self.assertEqual(City.objects.cities().count(), 337)
        self.assertEqual(City.objects.provinces().count(), 31)
        self.assertEqual(City.objects.cities().filter(is_hot=True).count(), 20)
        self.assertFalse(City.objects.cities().filter(parent=None).exists())
