"""Each page and each answer of the API shows phones as its language writes them, and dials them alike."""

import json

from django.test import TestCase
from wagtail.models import Site

from cms.cities.models import City
from cms.core.models import SiteSettings
from tests.languages.site import build_languages, version
from tests.pages import parse

SHOWN = {
    "zh-hans": ("028-8555 0100", "010-8555 0100"),
    "zh-hant": ("028-8555 0100", "010-8555 0100"),
    "en": ("+86 28 8555 0100", "+86 10 8555 0100"),
}
DIALLED = ("tel:+86-28-8555-0100", "tel:+86-10-8555-0100")


class PhoneTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.pages = build_languages()
        settings = SiteSettings.for_site(Site.objects.get())
        settings.service_phone = "010-85550100"
        settings.organisation = "衡序"
        settings.save()
        cls.city = cls.pages["city"]
        City.objects.update(phone="028-85550100", service_radius=1200)
        cls.write_body("city")
        cls.write_body("article")
        cls.pages["form"].save_revision().publish()

    @classmethod
    def write_body(cls, name):
        for code in SHOWN:
            page = cls.in_language(name, code)
            page.body = json.dumps(
                [
                    {"type": "paragraph", "value": "<p>致电{电话}</p>"},
                    {"type": "city_contact", "value": {"city": cls.city.city_id}},
                ]
            )
            page.save_revision().publish()

    @classmethod
    def in_language(cls, name, code):
        page = cls.pages[name]
        return page if code == "zh-hans" else version(page, code)

    def setUp(self):
        Site.clear_site_root_paths_cache()

    def read(self, name, code):
        return parse(self.client.get(self.in_language(name, code).url))

    def api(self, path, **parameters):
        return self.client.get(f"/api/v1/{path}", parameters).json()

    def test_header_card_and_text_of_a_city_page_write_phones_as_its_language_does(
        self,
    ):
        for code, (local, _national) in SHOWN.items():
            with self.subTest(code):
                page = self.read("city", code)
                for place in (".hotline__number", ".facts__line--phone a"):
                    self.assertEqual(page.select_one(place).get_text(strip=True), local)
                    self.assertEqual(page.select_one(place)["href"], DIALLED[0])
                self.assertIn(f"致电{local}", page.select_one(".body").get_text())
                bar = page.select_one(".action-bar [data-city-phone]")
                self.assertEqual(bar["href"], DIALLED[0])

    def test_pages_of_no_city_show_the_national_phone_in_the_same_way(self):
        for code, (local, national) in SHOWN.items():
            with self.subTest(code):
                page = self.read("article", code)
                for place in (".hotline__number", ".site-footer .facts__line--phone a"):
                    self.assertEqual(
                        page.select_one(place).get_text(strip=True), national
                    )
                body = page.select_one(".body").get_text()
                self.assertIn(f"致电{national}", body)
                self.assertIn(local, body)

    def test_the_api_tells_what_was_typed_what_is_shown_and_what_is_dialled(self):
        for code, (local, national) in SHOWN.items():
            with self.subTest(code):
                own = {
                    "value": "028-85550100",
                    "display": local,
                    "href": DIALLED[0],
                    "origin": "city",
                }
                header = self.api("cities/chengdu/header/", locale=code)
                self.assertEqual(header["phone"], own)
                city = self.api("cities/chengdu/", locale=code)
                self.assertEqual(city["facts"]["phone"], own)
                settings = self.api("site/", locale=code)["settings"]
                self.assertEqual(settings["service_phone"], "010-85550100")
                self.assertEqual(settings["service_phone_display"], national)
                self.assertEqual(settings["service_phone_href"], DIALLED[1])
                page = self.api(f"pages/{self.in_language('article', code).pk}/")
                text, card = page["body"]
                self.assertIn(f"致电{national}", text["value"])
                contact = card["value"]["contact"]
                self.assertEqual(contact["phone"], "028-85550100")
                self.assertEqual(contact["phone_display"], local)
                self.assertEqual(contact["phone_href"], DIALLED[0])

    def test_machines_read_the_same_number_in_every_language(self):
        for code in SHOWN:
            script = self.read("city", code).select_one(
                'script[type="application/ld+json"]'
            )
            business = json.loads(script.string)
            self.assertEqual(business["telephone"], "+862885550100")
            self.assertEqual(
                business["parentOrganization"]["telephone"], "+861085550100"
            )

    def test_a_large_radius_has_its_thousands_set_apart(self):
        for code in SHOWN:
            card = self.read("city", code).select_one(".contact-card").get_text()
            self.assertIn("1,200", card)

    def test_the_privacy_notice_names_the_phone_as_its_language_does(self):
        for code, (_local, national) in SHOWN.items():
            notice = self.read("form", code).select_one(".privacy-notice")
            self.assertIn(national, notice.get_text())
