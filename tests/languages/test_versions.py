"""A page, its head, the sitemap and the API know all its language versions, and the switch always leads somewhere."""

import re

from django.test import TestCase
from wagtail.models import Page, Site

from forms.models import DataRequest
from tests.factories import ArticlePageFactory
from tests.languages.site import build_languages, version
from tests.pages import parse

HOST = "http://localhost"


class VersionTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.pages = build_languages()
        cls.article = cls.pages["article"]
        cls.alone = ArticlePageFactory(parent=cls.pages["news"], slug="alone")

    def setUp(self):
        Site.clear_site_root_paths_cache()

    def switch(self, path: str) -> dict[str, str]:
        links = parse(self.client.get(path)).select(".language-switch a")
        return {link["hreflang"]: link["href"] for link in links}

    def test_the_head_names_all_versions(self):
        expected = {
            "zh-hans": f"{HOST}/news/article/",
            "x-default": f"{HOST}/news/article/",
            "zh-hant": f"{HOST}/zh-hant/news/article/",
            "en": f"{HOST}/en/news/article/",
        }
        for path in ("/news/article/", "/zh-hant/news/article/"):
            links = parse(self.client.get(path)).select("head link[hreflang]")
            named = {link["hreflang"]: link["href"] for link in links}
            self.assertEqual(named, expected)

    def test_the_default_is_another_where_the_first_language_is_missing(self):
        self.article.unpublish()
        answer = self.client.get(f"/api/v1/pages/{version(self.article, 'en').pk}/")
        expected = f"{HOST}/zh-hant/news/article/"
        self.assertEqual(answer.json()["seo"]["x_default"], expected)

    def test_the_api_names_the_other_versions(self):
        english = version(self.article, "en")
        answer = self.client.get(f"/api/v1/pages/{english.pk}/").json()
        alternates = {each["locale"]: each["path"] for each in answer["alternates"]}
        expected = {"zh-hans": "/news/article/", "zh-hant": "/zh-hant/news/article/"}
        self.assertEqual(alternates, expected)
        self.assertEqual(answer["seo"]["x_default"], f"{HOST}/news/article/")
        self.assertEqual(answer["locale"], "en")

    def test_every_version_is_found_by_its_path(self):
        for page in self.pages.values():
            for each in (page, version(page, "zh-hant"), version(page, "en")):
                with self.subTest(each.url):
                    found = self.client.get(
                        "/api/v1/pages/by-path/", {"path": each.url}
                    ).json()
                    self.assertEqual(found["id"], each.pk)
                    self.assertEqual(found["locale"], each.locale.language_code)

    def test_the_sitemap_names_them_too(self):
        text = self.client.get("/sitemap.xml").content.decode()
        [entry] = re.findall(
            rf"<url>\s*<loc>{HOST}/en/news/article/</loc>.*?</url>", text, re.DOTALL
        )
        named = dict(re.findall(r'hreflang="(.*?)" href="(.*?)"', entry))
        self.assertEqual(named["zh-hant"], f"{HOST}/zh-hant/news/article/")
        self.assertEqual(named["x-default"], f"{HOST}/news/article/")
        [entry] = re.findall(
            rf"<url>\s*<loc>{HOST}/news/alone/</loc>.*?</url>", text, re.DOTALL
        )
        self.assertNotIn("hreflang", entry)

    def test_the_switch_keeps_the_page(self):
        expected = {"zh-Hans": "/news/article/", "en": "/en/news/article/"}
        self.assertEqual(self.switch("/zh-hant/news/article/"), expected)

    def test_the_switch_keeps_the_city_of_a_list(self):
        expected = "/en/news/?city=chengdu"
        self.assertEqual(self.switch("/news/?city=chengdu")["en"], expected)

    def test_from_an_untranslated_page_it_leads_to_the_nearest_above_and_says_so(self):
        page = parse(self.client.get("/news/alone/"))
        item = page.select_one('.language-switch li[lang="en"]')
        self.assertEqual(item.a["href"], "/en/news/")
        self.assertIn("This page is not translated", item.get_text())
        version(self.pages["news"], "en").unpublish()
        self.assertEqual(self.switch("/news/alone/")["en"], "/en/")

    def test_a_missing_page_leads_to_the_home_page_of_each_language(self):
        response = self.client.get("/en/nowhere/")
        self.assertEqual(response.status_code, 404)
        self.assertEqual(
            self.switch("/en/nowhere/"), {"zh-Hans": "/", "zh-Hant": "/zh-hant/"}
        )
        version(self.pages["home"], "zh-hant").unpublish()
        self.assertEqual(self.switch("/nowhere/"), {"en": "/en/"})

    def test_the_data_request_page_is_switched_to_itself(self):
        path = "/forms/data-requests/"
        self.assertEqual(
            self.switch(f"{path}?language=en"),
            {"zh-Hans": path, "zh-Hant": f"{path}?language=zh-hant"},
        )
        self.assertEqual(parse(self.client.get(path)).html["lang"], "zh-Hans")
        page = parse(self.client.get(self.switch(path)["en"]))
        self.assertEqual(page.html["lang"], "en")

    def test_the_state_of_a_data_request_is_switched_to_itself(self):
        asked = DataRequest.objects.create(number="K7M4P-2XQ9D", kind="copy")
        path = f"/forms/data-requests/{asked.number}/"
        self.assertEqual(self.switch(path)["en"], f"{path}?language=en")

    def test_pages_say_their_language_as_html_writes_it(self):
        for path, tag in (("/", "zh-Hans"), ("/zh-hant/", "zh-Hant"), ("/en/", "en")):
            self.assertEqual(parse(self.client.get(path)).html["lang"], tag)

    def test_lists_never_mix_languages(self):
        for code in ("zh-hans", "zh-hant", "en"):
            items = self.client.get("/api/v1/articles/", {"locale": code}).json()
            ids = [item["id"] for item in items["items"]]
            locales = Page.objects.filter(pk__in=ids).values_list(
                "locale__language_code", flat=True
            )
            self.assertEqual(set(locales), {code})
