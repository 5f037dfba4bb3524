"""HTML and API agree about what stands below a page that is not published: a section hides nothing, a home page all."""

from django.test import TestCase
from wagtail.models import Site

from cms.delivery.following import last_position
from tests.delivery.caching import forget_transaction
from tests.languages.site import build_languages, version

HOST = "http://localhost"
PATH = "/en/news/article/"


class DraftParentTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.pages = build_languages()
        cls.article = cls.pages["article"]
        cls.english = version(cls.article, "en")

    def setUp(self):
        Site.clear_site_root_paths_cache()

    def api(self, address: str, /, **parameters):
        return self.client.get(f"/api/v1/{address}", parameters)

    def statuses(self) -> dict[str, int]:
        return {
            "html": self.client.get(PATH).status_code,
            "path": self.api("pages/by-path/", path=PATH).status_code,
            "page": self.api(f"pages/{self.english.pk}/").status_code,
            "article": self.api(f"articles/{self.english.pk}/").status_code,
        }

    def places_that_name_it(self) -> set[str]:
        """Where the page is named, of all places that name pages."""
        source = self.api(f"pages/{self.article.pk}/").json()
        changes = self.api("changes/", limit=500).json()
        listed = self.api("articles/", locale="en").json()["items"]
        site = self.api("site/").json()
        named = {
            "list": self.english.pk in [item["id"] for item in listed],
            "alternates": PATH in [each["path"] for each in source["alternates"]],
            "changes": PATH in [each["path_after"] for each in changes["items"]],
            "sitemap": f"{HOST}{PATH}" in self.text("/sitemap.xml"),
            "head": f'hreflang="en" href="{HOST}{PATH}"' in self.text("/news/article/"),
            "switch": f'href="{PATH}"' in self.text("/news/article/"),
            "languages": "en" in [each["code"] for each in site["locales"]],
            "city": bool(self.city_page()),
        }
        return {place for place, is_named in named.items() if is_named}

    def text(self, path: str) -> str:
        return self.client.get(path).content.decode()

    def city_page(self):
        return self.api("cities/chengdu/header/", locale="en").json()["page"]

    def test_below_a_draft_section_a_page_is_served_and_named_everywhere(self):
        named = self.places_that_name_it()
        self.assertEqual(len(named), 8, named)
        version(self.pages["news"], "en").unpublish()
        self.assertEqual(set(self.statuses().values()), {200})
        self.assertEqual(self.places_that_name_it(), named)

    def test_below_a_draft_home_page_a_language_is_served_and_named_nowhere(self):
        version(self.pages["home"], "en").unpublish()
        self.assertEqual(set(self.statuses().values()), {404})
        self.assertEqual(self.places_that_name_it(), set())

    def test_followers_of_the_log_are_told_that_a_language_comes_and_goes(self):
        home = version(self.pages["home"], "en")
        cursor = f"p{last_position()}"
        forget_transaction()
        home.unpublish()
        told = self.api("changes/", after=cursor, limit=500).json()
        self.assertEqual(self.told_of_article(told), ("unpublished", PATH, None))
        forget_transaction()
        home.save_revision().publish()
        told = self.api("changes/", after=told["cursor"], limit=500).json()
        self.assertEqual(self.told_of_article(told), ("published", None, PATH))

    def told_of_article(self, batch: dict) -> tuple:
        [item] = [i for i in batch["items"] if i["id"] == str(self.english.pk)]
        return item["action"], item["path_before"], item["path_after"]

    def test_publishing_the_home_page_brings_the_language_back(self):
        home = version(self.pages["home"], "en")
        named = self.places_that_name_it()
        home.unpublish()
        home.save_revision().publish()
        self.assertEqual(set(self.statuses().values()), {200})
        self.assertEqual(self.places_that_name_it(), named)
