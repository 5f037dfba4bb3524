"""The data files themselves: what a program can check of them."""

import csv
from collections import Counter, defaultdict

import phonenumbers
from django.test import SimpleTestCase
from phonenumbers.geodata import GEOCODE_DATA

from cms.cities.management.commands.load_cities import CITIES_FILE, PROVINCES_FILE

# Cities that share the area code of a neighbour: libphonenumber knows the code under the neighbour's name only.
NAMED_AFTER_A_NEIGHBOUR = {
    *("三沙", "亳州", "儋州", "嘉峪关", "开封", "来宾", "株洲", "贵港", "贺州", "金昌"),
    # Known there under the name of its seat: 芒市, 香格里拉.
    *("德宏", "迪庆"),
}


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def places_by_area_code():
    """What libphonenumber calls the places behind each area code, in Chinese."""
    places = defaultdict(str)
    for prefix, names in GEOCODE_DATA.items():
        if prefix.startswith("86"):
            digits = "0" + prefix.removeprefix("86")
            # A prefix shorter than an area code stands for all that begin with it.
            for code in codes_beginning_with(digits):
                places[code] += names.get("zh", "")
    return places


def codes_beginning_with(digits):
    if len(digits) == 3:
        return [digits, *(f"{digits}{last}" for last in range(10))]
    return [digits[:3], digits[:4]]


class RegisterDataTests(SimpleTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cities = read(CITIES_FILE)
        cls.provinces = read(PROVINCES_FILE)

    def test_there_are_337_cities_in_31_provinces(self):
        self.assertEqual(len(self.cities), 337)
        self.assertEqual(len(self.provinces), 31)

    def test_codes_slugs_and_names_are_unique(self):
        for column in ("code", "slug", "name", "short_name"):
            counts = Counter(city[column] for city in self.cities)
            repeated = [value for value, count in counts.items() if count > 1]
            self.assertEqual(repeated, [], column)

    def test_every_city_has_a_province_and_every_province_a_city(self):
        self.assertEqual(
            {city["code"][:2] for city in self.cities},
            {province["code"][:2] for province in self.provinces},
        )

    def test_a_municipality_stands_in_both_files_under_one_code(self):
        provinces = {province["code"] for province in self.provinces}
        municipalities = {
            city["short_name"] for city in self.cities if city["code"] in provinces
        }
        self.assertEqual(municipalities, {"北京", "天津", "上海", "重庆"})

    def test_short_names_begin_the_names(self):
        for place in [*self.cities, *self.provinces]:
            # 海南州 is short for 海南藏族自治州: 海南 alone is the province.
            stem = {"海南州": "海南"}.get(place["short_name"], place["short_name"])
            self.assertTrue(place["name"].startswith(stem), place)

    def test_slugs_begin_with_the_initial(self):
        for place in [*self.cities, *self.provinces]:
            self.assertEqual(place["slug"][0].upper(), place["initial"], place)

    def test_polyphonic_names_are_read_as_their_people_read_them(self):
        slugs = {place["short_name"]: place["slug"] for place in self.cities}
        expected = {
            "长治": "changzhi",
            "朝阳": "chaoyang",
            "吕梁": "lvliang",
            "漯河": "luohe",
            "昌都": "changdu",
            "重庆": "chongqing",
            "厦门": "xiamen",
            "六安": "luan",
            "亳州": "bozhou",
            "蚌埠": "bengbu",
            "台州": "taizhou",
            "丽水": "lishui",
            "乐山": "leshan",
            "百色": "baise",
            "锡林郭勒": "xilinguole",
            "阿勒泰": "aletai",
            "克孜勒苏": "kezilesu",
            "喀什": "kashi",
        }
        self.assertEqual({name: slugs[name] for name in expected}, expected)

    def test_of_two_equal_readings_one_carries_its_province(self):
        slugs = {place["short_name"]: place["slug"] for place in self.cities}
        expected = {
            "苏州": "suzhou",
            "宿州": "suzhou-ah",
            "台州": "taizhou",
            "泰州": "taizhou-js",
            "福州": "fuzhou",
            "抚州": "fuzhou-jx",
            "宜春": "yichun",
            "伊春": "yichun-hl",
            "玉林": "yulin",
            "榆林": "yulin-sn",
        }
        self.assertEqual({name: slugs[name] for name in expected}, expected)

    def test_shanxi_and_shaanxi_differ(self):
        slugs = {place["short_name"]: place["slug"] for place in self.provinces}
        self.assertEqual(slugs["山西"], "shanxi")
        self.assertEqual(slugs["陕西"], "shaanxi")

    def test_coordinates_lie_in_china(self):
        for city in self.cities:
            self.assertTrue(3 < float(city["latitude"]) < 54, city)
            self.assertTrue(73 < float(city["longitude"]) < 136, city)

    def test_area_codes_are_those_that_libphonenumber_knows(self):
        places = places_by_area_code()
        for city in self.cities:
            name = city["short_name"]
            if name not in NAMED_AFTER_A_NEIGHBOUR:
                stem = {"海南州": "海南"}.get(name, name)
                self.assertIn(stem, places[city["area_code"]], city)

    def test_area_codes_make_valid_numbers(self):
        for city in self.cities:
            digits = "85550100" if len(city["area_code"]) == 3 else "8322110"
            number = phonenumbers.parse(city["area_code"] + digits, "CN")
            self.assertTrue(phonenumbers.is_possible_number(number), city)
