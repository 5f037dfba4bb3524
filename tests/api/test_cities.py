from cms.cities.models import City
from tests.api.base import DeliveryAPITestCase
from tests.factories import CityFactory, CityPageFactory, restrict


class CityListTests(DeliveryAPITestCase):
    @classmethod
    def setUpTestData(cls):
        sichuan = CityFactory(
            level=City.Level.PROVINCE, name="四川省", slug="sichuan", code="510000"
        )
        cls.chengdu = CityFactory(
            short_name="成都", slug="chengdu", code="510100", parent=sichuan
        )
        cls.anqing = CityFactory(short_name="安庆", slug="anqing")
        cls.wuhan = CityFactory(short_name="武汉", slug="wuhan", is_hot=True)

    def cities(self) -> dict[str, dict]:
        return {city["slug"]: city for city in self.read("cities/")["items"]}

    def test_hot_cities_come_first_then_by_initial(self):
        self.assertEqual(list(self.cities()), ["wuhan", "anqing", "chengdu"])

    def test_a_city_brings_what_a_switcher_groups_by(self):
        self.assertEqual(
            self.cities()["chengdu"],
            {
                "slug": "chengdu",
                "name": "成都市",
                "short_name": "成都",
                "code": "510100",
                "initial": "C",
                "province": "四川省",
                "area_code": "028",
                "is_hot": False,
                "page": None,
            },
        )

    def test_a_city_with_a_published_page_says_where(self):
        page = CityPageFactory(city=self.chengdu)
        self.assertEqual(
            self.cities()["chengdu"]["page"], {"id": page.pk, "path": page.url}
        )
        restrict(page)
        self.assertIsNone(self.cities()["chengdu"]["page"])

    def test_a_page_in_another_language_is_not_named(self):
        CityPageFactory(city=self.chengdu)
        type(self.chengdu.pages.get().locale).objects.create(language_code="en")
        english = self.read("cities/", locale="en")["items"]
        self.assertFalse([city for city in english if city["page"]])
