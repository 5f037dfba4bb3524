"""A city in another language: its name, its facts and the national texts of that language."""

from django.test import TestCase
from wagtail.models import Locale, Site
from wagtail_localize.models import Translation, TranslationSource

from cms.cities.models import City
from cms.core.blocks import BodyBlock
from cms.core.models import SiteSettings
from home.blocks import LocalBodyBlock
from home.models import CityPage
from tests.factories import (
    CityFactory,
    CityIndexPageFactory,
    CityPageFactory,
    home_page,
    translate,
)
from tests.home.test_city_page import heading, stream
from tests.pages import parse


class CityInEnglishTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        settings = SiteSettings.for_site(Site.objects.get())
        settings.service_phone = "400-200-0028"
        settings.save()
        sichuan = CityFactory(
            level=City.Level.PROVINCE,
            short_name="四川",
            names={"en": {"name": "Sichuan", "short_name": "Sichuan"}},
        )
        cls.chengdu = CityFactory(
            short_name="成都",
            slug="chengdu",
            phone="028-12340028",
            parent=sichuan,
            names={"en": {"name": "Chengdu", "short_name": "Chengdu"}},
        )
        cls.index = CityIndexPageFactory(
            slug="cities",
            city_seo_title="{city}认证",
            city_body=stream(BodyBlock(), heading("{省份}的办理流程")),
        )
        own = stream(
            LocalBodyBlock(), heading("本地"), ("inherited", {"sections": None})
        )
        cls.page = CityPageFactory(
            parent=cls.index, city=cls.chengdu, title="{city}服务", body=own
        )
        translate(home_page(), "en", slug="home-en")
        translate(
            cls.index,
            "en",
            slug="cities",
            city_seo_title="Certification in {city}",
            city_body=stream(BodyBlock(), heading("How it works in {province}")),
        )

    def read(self, url):
        response = self.client.get(url)
        self.assertEqual(response.status_code, 200)
        return parse(response)

    def test_names_and_national_texts_are_those_of_the_language(self):
        english = translate(self.page, "en", slug="chengdu", title="{city} office")
        soup = self.read(english.url)
        self.assertEqual(soup.h1.get_text(), "Chengdu office")
        self.assertIn("Certification in Chengdu", soup.title.get_text())
        headings = [each.get_text() for each in soup.select(".body h2")]
        self.assertEqual(headings, ["本地", "How it works in Sichuan"])

    def test_a_title_is_found_by_the_citys_name_in_its_language(self):
        english = translate(self.page, "en", slug="chengdu", title="{city} office")
        self.assertEqual(english.search_title, "Chengdu office")
        self.assertEqual(self.page.search_title, "成都服务")
        found = CityPage.objects.search("Chengdu")
        self.assertEqual([page.pk for page in found], [english.pk])

    def test_the_phone_is_the_same_in_every_language_at_once(self):
        english = translate(self.page, "en", slug="chengdu")
        City.objects.filter(pk=self.chengdu.pk).update(phone="028-99990028")
        for url, shown in (
            (self.page.url, "028-9999 0028"),
            (english.url, "+86 28 9999 0028"),
        ):
            card = self.read(url).select_one(".contact-card").get_text()
            self.assertIn(shown, card)

    def test_wagtail_localize_takes_own_texts_and_leaves_inherited_ones(self):
        source, _created = TranslationSource.update_or_create_from_instance(self.page)
        strings = [
            each.string.data for each in source.stringsegment_set.select_related()
        ]
        self.assertIn("本地", strings)
        self.assertIn("{city}服务", strings)
        self.assertNotIn("{省份}的办理流程", strings)
        english = Locale.objects.get(language_code="en")
        Translation.objects.create(source=source, target_locale=english)
        source.create_or_update_translation(english, fallback=True)
        page = self.page.get_translation(english)
        self.assertEqual(page.city, self.chengdu)
        self.assertEqual([block.block_type for block in page.body][-1], "inherited")
