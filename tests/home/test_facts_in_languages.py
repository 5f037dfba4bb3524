"""What a city says of itself is read in the language of the page, field by field, else in the first one."""

import json

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.models import Locale, Site
from wagtail_localize.models import StringTranslation

from cms.cities.models import City, CityTexts
from cms.core.models import SiteSettings
from cms.translation.models import LanguageRule, Mode, Translator
from cms.translation.updating import Outcome, update_translation
from tests.cities.texts import FACTS, TEAM, say, source_of
from tests.delivery.caching import CacheTestCase
from tests.factories import (
    CityFactory,
    CityIndexPageFactory,
    CityPageFactory,
    home_page,
    translate,
)
from tests.pages import parse
from tests.translation.languages import language, record_of


class FactsTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.city = CityFactory(
            short_name="成都", slug="chengdu", phone="028-12340028", team=TEAM, **FACTS
        )
        card = ("city_contact", {"city": None})
        cls.page = CityPageFactory(
            parent=CityIndexPageFactory(slug="cities"), city=cls.city, body=[card]
        )

    def setUp(self):
        Site.clear_site_root_paths_cache()

    def facts(self, code: str) -> dict:
        query = {"locale": code}
        facts = self.client.get("/api/v1/cities/chengdu/", query).json()["facts"]
        self.assertEqual(
            {each["origin"] for each in facts.values()}, {"city", "national"}
        )
        return {name: facts[name]["value"] for name in CityTexts.NAMES}

    def assert_shown(self, page, address: str, hours: str, role: str) -> None:
        """In the card of the page, in that of the body, to machines and in the API."""
        soup = parse(self.client.get(page.url))
        cards = [card.get_text() for card in soup.select(".contact-card")]
        self.assertEqual(len(cards), 2)
        for card in cards:
            self.assertIn(address, card)
            self.assertIn(hours, card)
        self.assertEqual(soup.select_one(".team__role").get_text(), role)
        scripts = soup.find_all("script", type="application/ld+json")
        data = [json.loads(each.string) for each in scripts]
        [business] = [each for each in data if each["@type"] == "LocalBusiness"]
        self.assertEqual(business["address"]["streetAddress"], address)
        self.assertEqual(business["employee"][0]["jobTitle"], role)
        facts = self.facts(page.locale.language_code)
        self.assertEqual((facts["address"], facts["opening_hours"]), (address, hours))
        self.assertEqual(facts["team"][0]["role"], role)


class TranslatedFactsTests(FactsTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.hant = language("zh-hant")
        LanguageRule.objects.create(
            locale=cls.hant,
            source=Locale.get_default(),
            translator=Translator.TAIWAN,
            mode=Mode.AUTOMATIC,
            publishes=True,
        )
        update_translation(cls.page, cls.hant)
        cls.translated = cls.page.get_translation(cls.hant)

    def change(self, **facts):
        # As a form does that was opened before anything was translated.
        for name, value in facts.items():
            setattr(self.city, name, value)
        with self.captureOnCommitCallbacks(execute=True):
            self.city.save()

    def test_opencc_translates_them_for_html_machines_and_api(self):
        outcome = update_translation(source_of(self.city), self.hant)
        self.assertEqual(outcome, Outcome.PUBLISHED)
        self.assert_shown(
            self.translated, "高新區軟體園 3 號", "工作日 9 點開門", "軟體顧問"
        )

    def test_the_first_language_stays_as_it_was(self):
        update_translation(source_of(self.city), self.hant)
        self.assert_shown(self.page, *FACTS.values(), "软件顾问")

    def test_a_change_in_the_register_is_translated_by_itself(self):
        self.change(address="信息园 5 号")
        self.assertEqual(self.facts("zh-hant")["address"], "資訊園 5 號")
        self.change(phone="028-99990028")
        self.assertEqual(self.facts("zh-hant")["address"], "資訊園 5 號")

    def test_work_in_bulk_saves_single_facts_and_is_followed(self):
        self.city.address = "信息园 5 号"
        with self.captureOnCommitCallbacks(execute=True):
            self.city.save(update_fields=["address"])
        self.assertEqual(self.facts("zh-hant")["address"], "資訊園 5 號")

    def test_a_persons_text_survives(self):
        source = source_of(self.city)
        update_translation(source, self.hant)
        segments = record_of(source, self.hant).source.stringsegment_set
        segment = segments.get(context__path="address")
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            context=segment.context,
            locale=self.hant,
            defaults={
                "data": "天府軟體園",
                "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
                "tool_name": "",
            },
        )
        update_translation(source, self.hant)
        self.change(opening_hours="全天")
        facts = self.facts("zh-hant")
        self.assertEqual(
            (facts["address"], facts["opening_hours"]), ("天府軟體園", "全天")
        )


class FallbackTests(FactsTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        translate(home_page(), "en", slug="home-en")
        translate(cls.page.get_parent().specific, "en")
        cls.english = translate(cls.page, "en")

    def test_what_is_not_translated_is_shown_in_the_first_language(self):
        self.assert_shown(self.english, *FACTS.values(), "软件顾问")

    def test_each_fact_falls_back_by_itself(self):
        say(self.city, "en", address="3 Software Park", opening_hours="", team=[])
        hours = FACTS["opening_hours"]
        self.assert_shown(self.english, "3 Software Park", hours, "软件顾问")

    def test_a_fact_that_the_city_drops_is_inherited_in_every_language(self):
        say(self.city, "en", address="3 Software Park")
        city = City.objects.get(pk=self.city.pk)
        city.address = ""
        city.save()
        settings = SiteSettings.for_site(Site.objects.get())
        settings.head_office_address = "北京"
        settings.save()
        for code in ("zh-hans", "en"):
            self.assertEqual(self.facts(code)["address"], "北京")

    def test_the_facts_of_a_province_are_translated_too(self):
        sichuan = CityFactory(
            level=City.Level.PROVINCE, short_name="四川", address="四川路"
        )
        say(sichuan, "en", address="Sichuan Road")
        city = CityFactory(short_name="绵阳", parent=sichuan)
        with translation.override("en"):
            facts = City.objects.get(pk=city.pk).get_facts(SiteSettings())
        self.assertEqual(facts.address, ("Sichuan Road", "province"))

    def test_they_cost_no_query(self):
        say(self.city, "en", address="3 Software Park")
        counts = []
        for code in ("zh-hans", "en"):
            self.facts(code)
            with CaptureQueriesContext(connection) as asked:
                self.facts(code)
            counts.append(len(asked))
        self.assertEqual(*counts)
        city = City.objects.select_related("parent").get(pk=self.city.pk)
        with translation.override("en"), self.assertNumQueries(0):
            facts = city.get_facts(SiteSettings())
            self.assertEqual(facts.address.value, "3 Software Park")

    def test_a_list_of_cities_does_not_read_them(self):
        with CaptureQueriesContext(connection) as asked:
            self.client.get("/api/v1/cities/", {"locale": "en"})
        self.assertNotIn("local_texts", " ".join(each["sql"] for each in asked))


class CachedFactsTests(CacheTestCase):
    def test_a_changed_text_drops_the_pages_that_show_it(self):
        city = CityFactory(short_name="成都", slug="chengdu-2", **FACTS)
        home = self.pages["home"]
        index = CityIndexPageFactory(parent=home, slug="cities-2")
        page = CityPageFactory(parent=index, city=city, slug="chengdu-2")
        translate(home, "en", slug="home-en")
        translate(index, "en", slug="cities-2-en")
        english = translate(page, "en", slug="chengdu-2-en")
        path = english.get_url_parts()[2]
        self.follow()
        answers = [self.ask(path) for _time in range(2)]
        self.assertTrue(answers[-1].is_hit)
        say(city, "en", address="3 Software Park")
        self.follow()
        answer = self.ask(path)
        self.assertFalse(answer.is_hit)
        self.assertIn(b"3 Software Park", answer.body)
