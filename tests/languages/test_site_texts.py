"""What the settings say of an organisation is read in the language of the page."""

from importlib import import_module

from django.apps import apps
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.models import Locale, Site

from cms.core.models import SiteSettings, SiteTexts
from cms.translation.models import LanguageRule, Translator
from cms.translation.updating import Outcome, update_translation
from tests.factories import (
    CityFactory,
    CityIndexPageFactory,
    CityPageFactory,
    english_editor,
    home_page,
    translate,
)
from tests.pages import parse


class SiteTextTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.site = Site.objects.get()
        settings = SiteSettings.for_site(cls.site)
        settings.organisation, settings.service_hours = "认证中心", "工作日"
        settings.save()
        translate(home_page(), "en", slug="home-en")
        cls.english = Locale.objects.get(language_code="en")
        source = SiteTexts.objects.get()
        cls.texts = source.copy_for_translation(cls.english)
        cls.texts.organisation, cls.texts.service_hours = "Certification Centre", ""
        cls.texts.save()

    def setUp(self):
        Site.clear_site_root_paths_cache()

    def names(self, path: str) -> str:
        return parse(self.client.get(path)).select_one(".site-footer__about").get_text()

    def test_html_and_api_read_them_in_the_language_of_the_page(self):
        self.assertIn("Certification Centre", self.names("/en/"))
        self.assertIn("认证中心", self.names("/"))
        for code, name in (("en", "Certification Centre"), ("zh-hans", "认证中心")):
            site = self.client.get("/api/v1/site/", {"locale": code}).json()
            self.assertEqual(site["settings"]["organisation"], name)

    def test_what_is_not_translated_is_read_from_the_settings(self):
        self.assertIn("工作日", self.names("/en/"))

    def test_the_settings_keep_the_source_of_translations_up_to_date(self):
        settings = SiteSettings.for_site(self.site)
        settings.organisation = "新中心"
        settings.save()
        source = SiteTexts.objects.get(locale=Locale.get_default())
        self.assertEqual(source.organisation, "新中心")
        self.assertIn("新中心", self.names("/"))

    def test_an_english_editor_edits_the_settings_themselves(self):
        self.client.force_login(english_editor(is_superuser=True))
        path = f"/admin/settings/core/sitesettings/{self.site.pk}/"
        with translation.override("en"):
            field = parse(self.client.get(path)).find("input", {"name": "organisation"})
        self.assertEqual(field["value"], "认证中心")

    def test_they_cost_no_query(self):
        with translation.override("en"), self.assertNumQueries(1):
            self.assertEqual(
                SiteSettings.for_site(self.site).shown.organisation,
                "Certification Centre",
            )


class TranslatedSiteTextTests(TestCase):
    """As editors get them: the settings are saved, and the machinery translates."""

    @classmethod
    def setUpTestData(cls):
        settings = SiteSettings.for_site(Site.objects.get())
        settings.organisation = "软件认证中心"
        settings.legal_name = "成都软件认证有限公司"
        settings.service_hours = "工作日 9 点开门"
        settings.save()
        cls.hant = Locale.objects.create(language_code="zh-hant")
        LanguageRule.objects.create(
            locale=cls.hant,
            source=Locale.get_default(),
            translator=Translator.TAIWAN,
            publishes=True,
        )
        update_translation(home_page(), cls.hant)

    def setUp(self):
        Site.clear_site_root_paths_cache()

    def assert_read(self, name: str) -> None:
        page = parse(self.client.get("/zh-hant/"))
        self.assertIn(name, page.select_one(".brand").get_text())
        about = page.select_one(".site-footer__about").get_text()
        self.assertIn(name, about)
        self.assertIn("工作日 9 點開門", about)
        self.assertIn(
            "成都軟體認證有限公司", page.select_one(".site-footer__legal").get_text()
        )
        self.assertIn(name, page.title.get_text())
        site = self.client.get("/api/v1/site/", {"locale": "zh-hant"}).json()
        self.assertEqual(site["settings"]["organisation"], name)
        self.assertEqual(site["settings"]["legal_name"], "成都軟體認證有限公司")

    def test_opencc_translates_them_for_header_footer_and_api(self):
        source = SiteTexts.objects.get(locale=Locale.get_default())
        self.assertEqual(update_translation(source, self.hant), Outcome.PUBLISHED)
        self.assert_read("軟體認證中心")

    def test_a_change_of_the_settings_is_translated_anew(self):
        update_translation(SiteTexts.objects.get(), self.hant)
        settings = SiteSettings.for_site(Site.objects.get())
        settings.organisation = "信息认证中心"
        settings.save()
        source = SiteTexts.objects.get(locale=Locale.get_default())
        update_translation(source, self.hant)
        self.assert_read("資訊認證中心")


def person(name: str, role: str, text: str = "") -> dict:
    value = {"name": name, "role": role, "text": text, "photo": None}
    return {
        "type": "person",
        "value": value,
        "id": "5b1f2c4e-0000-4000-8000-000000000001",
    }


class NationalTeamTests(TestCase):
    """The people whom visitors of a city meet that names none of its own."""

    @classmethod
    def setUpTestData(cls):
        settings = SiteSettings.for_site(Site.objects.get())
        settings.team = [person("周敏", "软件顾问", "熟悉信息安全。")]
        settings.save()
        city = CityFactory(short_name="成都", slug="chengdu")
        cls.page = CityPageFactory(
            parent=CityIndexPageFactory(slug="cities"), city=city
        )
        cls.hant = Locale.objects.create(language_code="zh-hant")
        LanguageRule.objects.create(
            locale=cls.hant,
            source=Locale.get_default(),
            translator=Translator.TAIWAN,
            publishes=True,
        )
        update_translation(cls.page, cls.hant)
        cls.translated = cls.page.get_translation(cls.hant)

    def setUp(self):
        Site.clear_site_root_paths_cache()

    def translate_texts(self) -> SiteTexts:
        source = SiteTexts.objects.get(locale=Locale.get_default())
        update_translation(source, self.hant)
        return SiteTexts.objects.get(locale=self.hant)

    def roles(self, page) -> list[str]:
        soup = parse(self.client.get(page.url))
        shown = [each.get_text() for each in soup.select(".team__role")]
        query = {"locale": page.locale.language_code}
        facts = self.client.get("/api/v1/cities/chengdu/", query).json()["facts"]
        self.assertEqual([each["role"] for each in facts["team"]["value"]], shown)
        self.assertEqual(facts["team"]["origin"], "national")
        return shown

    def test_opencc_translates_it_for_html_and_api(self):
        self.translate_texts()
        self.assertEqual(self.roles(self.translated), ["軟體顧問"])
        self.assertEqual(self.roles(self.page), ["软件顾问"])

    def test_a_team_that_is_not_translated_is_shown_as_it_is(self):
        self.assertEqual(self.roles(self.translated), ["软件顾问"])
        texts = self.translate_texts()
        texts.team = []
        texts.save()
        self.assertEqual(self.roles(self.translated), ["软件顾问"])

    def test_a_team_that_the_settings_drop_is_gone_in_every_language(self):
        self.translate_texts()
        settings = SiteSettings.for_site(Site.objects.get())
        settings.team = []
        settings.save()
        self.assertEqual(self.roles(self.translated), [])

    def test_it_costs_no_query(self):
        self.translate_texts()
        counts = []
        for code in ("zh-hans", "zh-hant"):
            with translation.override(code), CaptureQueriesContext(connection) as asked:
                shown = SiteSettings.for_site(Site.objects.get()).shown
                self.assertEqual(len(shown.team), 1)
            counts.append(len(asked))
        self.assertEqual(*counts)

    def test_what_was_there_before_is_given_to_translators(self):
        SiteTexts.objects.all().delete()
        migration = import_module("cms.core.migrations.0008_fill_team_of_site_texts")
        migration.give_to_translators(apps, None)
        self.assertEqual(SiteTexts.objects.get().team[0].value["role"], "软件顾问")
