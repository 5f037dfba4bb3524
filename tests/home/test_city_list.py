"""The page behind [切换城市], which works without scripts."""

from io import StringIO

from django.core.management import call_command
from django.db import connection
from django.http import HttpResponse
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from cms.cities.models import City
from cms.core.models import SiteSettings
from home.models import CityPage
from tests.factories import (
    CityFactory,
    CityIndexPageFactory,
    CityPageFactory,
    FormPageFactory,
    restrict,
)
from tests.pages import parse


class CityListTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        call_command("load_cities", stdout=StringIO())
        settings = SiteSettings.for_site(Site.objects.get())
        settings.service_phone = "400-820-8820"
        settings.head_office_address = "高新区砚池路 66 号"
        settings.default_city = cls.city("chongqing")
        settings.quick_form = FormPageFactory().page_ptr
        settings.save()
        cls.index = CityIndexPageFactory(slug="cities", intro="在{city}服务")

    @staticmethod
    def city(slug: str) -> City:
        return City.objects.cities().get(slug=slug)

    def add_page(self, slug: str) -> CityPage:
        return CityPageFactory(parent=self.index, city=self.city(slug))

    def ask(self, **parameters) -> HttpResponse:
        return self.client.get("/cities/", parameters)

    def read(self, **parameters):
        response = self.ask(**parameters)
        self.assertEqual(response.status_code, 200)
        return parse(response).main

    def groups(self, **parameters) -> dict[str, list[str]]:
        groups = self.read(**parameters).find_all(class_="city-index__group")
        return {
            group.h3.string: [link.string for link in group.find_all("a")]
            for group in groups
        }

    def link(self, slug: str, **parameters) -> str:
        return self.read(**parameters).find("a", attrs={"data-city": slug})["href"]

    def found(self, text: str) -> list[str]:
        links = self.read(q=text).find_all("a", attrs={"data-city": True})
        return [link["data-city"] for link in links]


class WholeListTests(CityListTestCase):
    def test_every_city_of_the_register_stands_below_its_letter(self):
        groups = self.groups()
        self.assertEqual(sum(map(len, groups.values())), City.objects.cities().count())
        self.assertEqual(list(groups), sorted(groups))
        self.assertEqual(groups["R"], ["日喀则", "日照"])

    def test_hot_cities_come_before_all_others(self):
        links = self.read().find_all("a", attrs={"data-city": True})
        hot = City.objects.cities().filter(is_hot=True).hot_first()
        expected = [city.slug for city in hot]
        self.assertEqual([link["data-city"] for link in links][: len(hot)], expected)

    def test_provinces_stand_in_the_order_that_people_know(self):
        groups = self.groups(by="province")
        self.assertEqual(sum(map(len, groups.values())), City.objects.cities().count())
        self.assertEqual(list(groups)[:4], ["北京市", "天津市", "河北省", "山西省"])
        self.assertEqual(groups["四川省"][:2], ["成都", "自贡"])

    def test_an_unknown_order_is_that_by_letter(self):
        self.assertEqual(self.groups(by="colour"), self.groups())

    def test_a_city_leads_to_its_published_page_and_else_to_its_card(self):
        page = self.add_page("chengdu")
        self.add_page("dazhou").unpublish()
        restrict(self.add_page("mianyang"))
        self.assertEqual(self.link("chengdu"), page.url)
        self.assertEqual(self.link("dazhou"), "?city=dazhou")
        self.assertEqual(self.link("mianyang"), "?city=mianyang")

    def test_a_page_of_another_list_is_not_of_this_one(self):
        other = CityIndexPageFactory(parent=self.index.get_parent(), slug="other")
        CityPageFactory(parent=other, city=self.city("chengdu"))
        self.assertEqual(self.link("chengdu"), "?city=chengdu")

    def test_an_empty_register_is_no_error(self):
        SiteSettings.objects.update(default_city=None)
        City.objects.cities().delete()
        self.assertEqual(self.groups(), {})


class SearchedListTests(CityListTestCase):
    def test_what_is_typed_is_found_without_scripts(self):
        self.assertEqual(self.found("cd"), ["chengdu", "changde", "changdu", "chengde"])
        self.assertEqual(self.found("成"), ["chengdu"])
        self.assertEqual(len(self.found("四川")), 21)

    def test_nothing_found_leads_back_to_all(self):
        main = self.read(q="zzz")
        self.assertTrue(main.find(class_="empty"))
        self.assertTrue(main.find("a", class_="more-link", href="/cities/"))

    def test_a_text_of_spaces_is_the_whole_list(self):
        self.assertEqual(self.groups(q="  "), self.groups())

    def test_what_is_typed_is_shown_and_never_understood(self):
        """Neither as HTML nor as a placeholder."""
        typed = "<b>{city}{{phone}}\x00</b>"
        main = self.read(q=typed)
        shown = typed.replace("\x00", "")
        self.assertEqual(main.find("input", attrs={"name": "q"})["value"], shown)
        self.assertIn(f"“{shown}”", main.h2.string)
        self.assertIsNone(main.find("b"))

    def test_a_long_text_is_cut(self):
        value = self.read(q="长" * 5000).find("input", attrs={"name": "q"})["value"]
        self.assertEqual(len(value), 40)

    def test_search_engines_do_not_list_it(self):
        robots = parse(self.ask(q="cd")).find("meta", attrs={"name": "robots"})
        self.assertEqual(robots["content"], "noindex,follow")


class ChosenCityTests(CityListTestCase):
    def test_the_card_says_how_the_city_is_served(self):
        card = self.read(city="dazhou").find(class_="contact-card")
        self.assertTrue(card.find("a", href="tel:+86-400-820-8820"))
        self.assertIn("砚池路", card.text)

    def test_its_own_values_go_before_those_of_the_province_and_the_nation(self):
        sichuan = City.objects.provinces().filter(slug="sichuan")
        sichuan.update(phone="028-85550100", address="天府大道 1 号")
        City.objects.cities().filter(slug="dazhou").update(phone="0818-2140000")
        card = self.read(city="dazhou").find(class_="contact-card")
        self.assertIn("0818-214 0000", card.text)
        self.assertIn("天府大道", card.text)

    def test_the_header_and_the_form_are_those_of_the_city(self):
        City.objects.cities().filter(slug="dazhou").update(phone="0818-2140000")
        page = parse(self.ask(city="dazhou"))
        self.assertEqual(page.find(class_="city-switch__name").string, "达州")
        self.assertIn("0818-214 0000", page.find(class_="hotline").text)
        form_city = page.find("input", attrs={"name": "_city"})
        self.assertEqual(form_city["value"], "dazhou")
        self.assertFalse(form_city.has_attr("data-follows-city"))
        self.assertTrue(page.find(class_="city-switch").has_attr("data-own-city"))

    def test_search_engines_are_led_to_the_list(self):
        page = parse(self.ask(city="dazhou"))
        robots = page.find("meta", attrs={"name": "robots"})
        self.assertEqual(robots["content"], "noindex,follow")
        canonical = page.find("link", rel="canonical")["href"]
        self.assertEqual(canonical, "http://localhost/cities/")

    def test_what_is_no_city_is_not_found(self):
        for slug in ("atlantis", "", "sichuan", "达州", "dazhou/", "\x00", "a" * 300):
            with self.subTest(slug):
                self.assertEqual(self.ask(city=slug).status_code, 404)

    def test_a_city_that_has_got_a_page_leads_there(self):
        page = self.add_page("dazhou")
        response = self.ask(city="dazhou")
        self.assertRedirects(response, page.url, fetch_redirect_response=False)

    def test_no_cookie_is_read_or_set(self):
        self.client.cookies["city"] = "mianyang"
        response = self.ask(city="dazhou")
        self.assertFalse(response.cookies)
        self.assertNotIn("Cookie", response.headers.get("Vary", ""))
        self.assertEqual(
            parse(response).find(class_="city-switch__name").string, "达州"
        )


class HeaderTests(CityListTestCase):
    def test_a_page_of_no_city_is_the_same_whatever_was_chosen(self):
        before = self.client.get("/").content
        self.client.cookies["city"] = "mianyang"
        self.assertEqual(self.client.get("/").content, before)

    def test_a_page_of_no_city_lets_scripts_follow_the_visitor(self):
        page = parse(self.client.get("/"))
        self.assertFalse(page.find(class_="city-switch").has_attr("data-own-city"))
        form_city = page.find("input", attrs={"name": "_city"})
        self.assertEqual(form_city["value"], "chongqing")
        self.assertTrue(form_city.has_attr("data-follows-city"))

    def test_a_city_page_keeps_its_own_city_and_phone(self):
        City.objects.cities().filter(slug="dazhou").update(phone="0818-2140000")
        page = parse(self.client.get(self.add_page("dazhou").url))
        switch = page.find(class_="city-switch")
        self.assertTrue(switch.has_attr("data-own-city"))
        self.assertEqual(switch["data-shown"], "dazhou")
        self.assertIn("0818-214 0000", page.find(class_="hotline").text)
        form_city = page.find("input", attrs={"name": "_city"})
        self.assertFalse(form_city.has_attr("data-follows-city"))

    def test_visitors_are_located_only_where_the_site_can(self):
        for name, value in (("CITY_HEADER", "X-City"), ("IP2REGION_FILE", "a.xdb")):
            with self.subTest(name):
                switch = parse(self.client.get("/")).find(class_="city-switch")
                self.assertFalse(switch.has_attr("data-can-locate"))
                with self.settings(**{name: value}):
                    switch = parse(self.client.get("/")).find(class_="city-switch")
                self.assertTrue(switch.has_attr("data-can-locate"))


class WeightTests(TestCase):
    """`tests/core/test_page_queries.py` pins the number of queries for a few cities; here it may not grow with them."""

    @classmethod
    def setUpTestData(cls):
        cls.index = CityIndexPageFactory(slug="cities")
        cls.province = CityFactory(level=City.Level.PROVINCE)
        cls.city = CityFactory(parent=cls.province, slug="chosen", is_hot=True)

    def add_cities(self, number: int) -> None:
        cities = CityFactory.build_batch(number, parent=self.province, is_hot=True)
        City.objects.bulk_create(cities)
        for city in City.objects.filter(is_hot=True).exclude(pk=self.city.pk)[:10]:
            CityPageFactory(parent=self.index, city=city)

    def measure(self, **parameters) -> tuple[int, int]:
        self.client.get("/cities/", parameters)
        with CaptureQueriesContext(connection) as queries:
            response = self.client.get("/cities/", parameters)
        return len(queries), len(response.content)

    def test_neither_the_list_nor_a_search_nor_a_card_asks_more_of_the_database(self):
        views = ({}, {"by": "province"}, {"q": "某"}, {"city": "chosen"})
        before = [self.measure(**view)[0] for view in views]
        self.add_cities(336)
        self.assertEqual([self.measure(**view)[0] for view in views], before)

    def test_a_city_more_costs_few_bytes_more(self):
        City.objects.update(is_hot=False)
        before = self.measure()[1]
        cities = CityFactory.build_batch(336, parent=self.province)
        City.objects.bulk_create(cities)
        self.assertLess((self.measure()[1] - before) / 336, 200)
