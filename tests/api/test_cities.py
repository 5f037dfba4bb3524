import gzip
from io import StringIO

from django.core.management import call_command
from django.db.models.signals import post_save
from factory.django import mute_signals
from wagtail.models import Locale, Site

from cms.api.scope import Scope
from cms.cities.models import City
from home.models import CityPage
from tests.api.base import DeliveryAPITestCase
from tests.factories import (
    CityFactory,
    CityIndexPageFactory,
    CityPageFactory,
    HomePageFactory,
    restrict,
    translate,
)


class CityListTests(DeliveryAPITestCase):
    @classmethod
    def setUpTestData(cls):
        cls.sichuan = CityFactory(
            level=City.Level.PROVINCE,
            name="四川省",
            slug="sichuan",
            code="510000",
            names={"en": {"name": "Sichuan"}},
        )
        cls.chengdu = CityFactory(
            short_name="成都",
            slug="chengdu",
            pinyin="cheng du",
            code="510100",
            parent=cls.sichuan,
            names={"en": {"name": "Chengdu City", "short_name": "Chengdu"}},
        )
        cls.anqing = CityFactory(short_name="安庆", slug="anqing", code="340800")
        cls.wuhan = CityFactory(
            short_name="武汉", slug="wuhan", code="420100", is_hot=True
        )

    def cities(self, **parameters) -> dict[str, dict]:
        items = self.read("cities/", **parameters)["items"]
        return {city["slug"]: city for city in items}

    def test_hot_cities_come_first_then_by_initial(self):
        self.assertEqual(list(self.cities()), ["wuhan", "anqing", "chengdu"])

    def test_a_city_brings_what_a_switcher_groups_and_filters_by(self):
        self.assertEqual(
            self.cities()["chengdu"],
            {
                "slug": "chengdu",
                "name": "成都市",
                "short_name": "成都",
                "code": "510100",
                "initial": "C",
                "initials": "cd",
                "pinyin": "cheng du",
                "spellings": [],
                "province": "四川省",
                "province_spellings": [],
                "province_slug": "sichuan",
                "area_code": "028",
                "is_hot": False,
                "page": None,
            },
        )

    def test_names_are_in_the_language_asked_for(self):
        Locale.objects.create(language_code="en")
        chengdu = self.cities(locale="en")["chengdu"]
        self.assertEqual(chengdu["name"], "Chengdu City")
        self.assertEqual(chengdu["short_name"], "Chengdu")
        self.assertEqual(chengdu["province"], "Sichuan")

    def test_a_city_with_a_published_page_says_where(self):
        page = CityPageFactory(city=self.chengdu)
        self.assertEqual(
            self.cities()["chengdu"]["page"], {"id": page.pk, "path": page.url}
        )
        page.unpublish()
        self.assertIsNone(self.cities()["chengdu"]["page"])

    def test_a_page_below_a_restriction_is_not_named(self):
        page = CityPageFactory(city=self.chengdu)
        for closed in (page, page.get_parent(), page.get_parent().get_parent()):
            with self.subTest(closed.title):
                restriction = restrict(closed)
                self.assertIsNone(self.cities()["chengdu"]["page"])
                restriction.delete()
        self.assertIsNotNone(self.cities()["chengdu"]["page"])

    def test_a_restriction_elsewhere_closes_nothing(self):
        page = CityPageFactory(city=self.chengdu)
        restrict(CityPageFactory(city=self.anqing, parent=page.get_parent()))
        self.assertIsNotNone(self.cities()["chengdu"]["page"])

    def test_each_language_names_its_own_page(self):
        chinese = CityPageFactory(city=self.chengdu)
        Locale.objects.create(language_code="en")
        self.assertFalse([c for c in self.cities(locale="en").values() if c["page"]])
        for page in (chinese.get_parent().get_parent(), chinese.get_parent()):
            translate(page, "en")
        english = translate(chinese, "en")
        self.assertEqual(
            self.cities(locale="en")["chengdu"]["page"],
            {"id": english.pk, "path": english.url},
        )
        self.assertEqual(self.cities()["chengdu"]["page"]["id"], chinese.pk)

    def test_each_site_names_its_own_page(self):
        first = CityPageFactory(city=self.chengdu)
        home = HomePageFactory(slug="second")
        Site.objects.create(hostname="second.example.test", root_page=home)
        second = CityPageFactory(
            city=self.chengdu, parent=CityIndexPageFactory(parent=home)
        )
        named = self.cities(site="second.example.test")["chengdu"]["page"]
        self.assertEqual(named["id"], second.pk)
        self.assertEqual(self.cities()["chengdu"]["page"]["id"], first.pk)

    def test_pages_inside_a_query_are_those_of_every_other_answer(self):
        """The rule who may see a page is said twice, once for SQL alone."""
        index = CityIndexPageFactory()
        pages = [CityPageFactory(parent=index) for _number in range(4)]
        pages[1].unpublish()
        restrict(pages[2])
        scope = Scope.model_construct(
            site=Site.objects.get(), locale=Locale.get_default()
        )
        expected = set(scope.pages(CityPage))
        self.assertEqual(set(scope.inner_pages(CityPage)), expected)
        self.assertEqual(expected, {pages[0], pages[3]})

    def test_cities_with_or_without_a_page_can_be_asked_for(self):
        CityPageFactory(city=self.chengdu)
        CityPageFactory(city=self.anqing, live=False)
        self.assertEqual(list(self.cities(pages="with")), ["chengdu"])
        self.assertEqual(list(self.cities(pages="without")), ["wuhan", "anqing"])

    def test_hot_cities_can_be_asked_for(self):
        self.assertEqual(list(self.cities(hot="true")), ["wuhan"])
        self.assertEqual(list(self.cities(hot="false")), ["anqing", "chengdu"])

    def test_what_is_not_offered_is_refused(self):
        for name, value in {"group": "code", "pages": "all", "hot": "very"}.items():
            with self.subTest(name):
                response = self.ask("cities/", **{name: value})
                self.assert_problem_response(response, status_code=422, parameter=name)


class GroupedCitiesTests(DeliveryAPITestCase):
    @classmethod
    def setUpTestData(cls):
        provinces = {
            code: CityFactory(
                level=City.Level.PROVINCE, code=code, slug=slug, name=name
            )
            for code, slug, name in [
                ("420000", "hubei", "湖北省"),
                ("510000", "sichuan", "四川省"),
            ]
        }
        for code, slug, is_hot in [
            ("510700", "mianyang", False),
            ("510100", "chengdu", True),
            ("420100", "wuhan", True),
            ("510400", "panzhihua", False),
            ("429000", "chibi", False),
        ]:
            parent = provinces[f"{code[:2]}0000"]
            CityFactory(code=code, slug=slug, is_hot=is_hot, parent=parent)

    def groups(self, by: str, **parameters) -> list[tuple[str, str, list[str]]]:
        answer = self.read("cities/", group=by, **parameters)
        return [
            (group["key"], group["name"], [city["slug"] for city in group["items"]])
            for group in answer["groups"]
        ]

    def test_by_initial_each_letter_has_its_cities_in_alphabetical_order(self):
        self.assertEqual(
            self.groups("initial"),
            [
                ("C", "C", ["chengdu", "chibi"]),
                ("M", "M", ["mianyang"]),
                ("P", "P", ["panzhihua"]),
                ("W", "W", ["wuhan"]),
            ],
        )

    def test_by_province_they_stand_in_the_order_of_the_register(self):
        self.assertEqual(
            self.groups("province"),
            [
                ("hubei", "湖北省", ["wuhan", "chibi"]),
                ("sichuan", "四川省", ["chengdu", "panzhihua", "mianyang"]),
            ],
        )

    def test_hot_cities_stand_before_the_groups_and_are_counted_once(self):
        answer = self.read("cities/", group="province")
        hot = [city["slug"] for city in answer["hot"]]
        self.assertEqual(hot, ["chengdu", "wuhan"])
        self.assertEqual(answer["count"], 5)

    def test_groups_hold_what_the_other_parameters_leave(self):
        index = CityIndexPageFactory()
        CityPageFactory(city=City.objects.get(slug="chibi"), parent=index)
        self.assertEqual(self.groups("initial", pages="with"), [("C", "C", ["chibi"])])
        self.assertEqual(
            self.groups("province", hot="true"),
            [("hubei", "湖北省", ["wuhan"]), ("sichuan", "四川省", ["chengdu"])],
        )


class WholeRegisterTests(DeliveryAPITestCase):
    @classmethod
    def setUpTestData(cls):
        call_command("load_cities", stdout=StringIO())
        index = CityIndexPageFactory(slug="cities")
        # Nobody searches these pages: left out of the index they are made at once.
        with mute_signals(post_save):
            for city in City.objects.cities():
                CityPageFactory(city=city, parent=index)
            index.refresh_from_db()

    def test_all_337_with_their_pages_travel_in_less_than_20_kB(self):
        for parameters in ({}, {"group": "initial"}, {"group": "province"}):
            with self.subTest(parameters):
                response = self.ask("cities/", **parameters)
                self.assertEqual(response.json()["count"], 337)
                self.assertNotIn(b'"page":null', response.content)
                self.assertLess(len(gzip.compress(response.content)), 20_000)

    def test_three_queries_are_enough_whatever_is_asked(self):
        for city in City.objects.cities()[:5]:
            restrict(city.pages.get())
        self.read("cities/")
        for parameters in ({}, {"group": "province"}, {"pages": "with"}):
            # The site with its home page, the locale, the cities with province and page.
            with self.subTest(parameters), self.assertNumQueries(3):
                self.read("cities/", **parameters)
