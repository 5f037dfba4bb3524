"""Links lead into the language of the page that they stand on, in HTML and API, at no cost."""

from django.db import connection
from django.test import TestCase, override_settings
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page, Site

from cms.core.models import Announcement, Menu
from tests.delivery.test_fragments import FragmentTestCase
from tests.factories import ArticlePageFactory, restrict, translate
from tests.languages.site import OTHERS, build_languages, links_to, version
from tests.pages import parse


class LinkTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.pages = build_languages()
        cls.article, cls.linked = cls.pages["article"], cls.pages["linked"]

    def setUp(self):
        Site.clear_site_root_paths_cache()

    def links(self, page: Page) -> list[str | None]:
        """Where the links in the page's body lead, in HTML and in the API, which must agree."""
        body = parse(self.client.get(page.url)).select_one(".body")
        in_html = [link.get("href") for link in body.select(".prose a")]
        button = body.select_one(".call-to-action a")
        answer = self.client.get(f"/api/v1/pages/{page.pk}/").json()
        blocks = {block["type"]: block["value"] for block in answer["body"]}
        in_api = parse_link(blocks["paragraph"])
        self.assertEqual(in_html, [in_api, in_api])
        self.assertEqual(
            button and button["href"], blocks["call_to_action"]["href"] or None
        )
        return [in_api, button and button["href"]]

    def test_they_lead_to_the_language_of_the_page(self):
        for name in ("article", "city"):
            for code in OTHERS:
                with self.subTest(name, code=code):
                    links = self.links(version(self.pages[name], code))
                    self.assertEqual(links, [f"/{code}/news/linked/"] * 2)
            self.assertEqual(self.links(self.pages[name]), ["/news/linked/"] * 2)

    def test_what_is_not_translated_is_linked_to_in_its_own_language(self):
        version(self.linked, "en").unpublish()
        self.assertEqual(self.links(version(self.article, "en")), ["/news/linked/"] * 2)

    @override_settings(LINK_UNTRANSLATED=False)
    def test_a_site_may_leave_links_out_whose_page_is_not_translated(self):
        version(self.linked, "en").unpublish()
        self.assertEqual(self.links(version(self.article, "en")), [None, None])
        self.assertEqual(self.links(self.article), ["/news/linked/"] * 2)

    def test_a_translation_is_found_although_its_source_has_been_taken_back(self):
        self.linked.unpublish()
        links = self.links(version(self.article, "en"))
        self.assertEqual(links, ["/en/news/linked/"] * 2)
        self.assertEqual(self.links(self.article), [None, None])

    def test_menus_and_announcements_lead_to_the_language_of_the_page(self):
        english = Locale.objects.get(language_code="en")
        link = {"label": "More", "page": self.linked.pk, "url": "", "children": []}
        items = [{"type": "link", "value": link}]
        Menu.objects.create(slot=Menu.Slot.HEADER, locale=english, items=items)
        Announcement.objects.create(
            headline="New", locale=english, link_page=self.linked.page_ptr
        )
        html = parse(self.client.get("/en/"))
        site = self.client.get("/api/v1/site/", {"locale": "en"}).json()
        expected = "/en/news/linked/"
        self.assertEqual(html.select_one(".announcement a")["href"], expected)
        self.assertEqual(html.select_one(".site-nav__link")["href"], expected)
        self.assertEqual(site["announcement"]["href"], expected)
        self.assertEqual(site["menus"]["header"][0]["href"], expected)

    def test_a_translation_costs_no_more_queries_than_its_source(self):
        """In HTML one: where nothing is remembered, Wagtail finds the home page of another language in two steps."""
        for name, page in self.pages.items():
            other = version(page, "zh-hant")
            with self.subTest(name):
                self.assertLessEqual(self.count(other.url), self.count(page.url) + 1)
                self.assertLessEqual(
                    self.count(f"/api/v1/pages/{other.pk}/"),
                    self.count(f"/api/v1/pages/{page.pk}/"),
                )

    def test_however_many_links_cost_the_same(self):
        others = ArticlePageFactory.create_batch(5, parent=self.pages["news"])
        few = self.count(version(self.article, "en").url)
        longer = version(self.article, "en")
        longer.body = [block for page in others for block in links_to(page)]
        longer.save()
        self.assertEqual(self.count(longer.url), few)

    def test_closed_versions_are_no_alternates(self):
        restrict(version(self.article, "en"))
        answer = self.client.get(f"/api/v1/pages/{self.article.pk}/").json()
        codes = [each["locale"] for each in answer["alternates"]]
        self.assertEqual(codes, ["zh-hant"])

    def count(self, path: str) -> int:
        self.client.get(path)
        with CaptureQueriesContext(connection) as captured:
            self.assertEqual(self.client.get(path).status_code, 200)
        return len(captured)


class RememberedQueryTests(FragmentTestCase):
    """As in production, where what pages share is remembered."""

    def setUp(self):
        super().setUp()
        self.article.body = links_to(self.pages["city"])
        self.article.save()
        for page in self.pages.values():
            slug = "home-zh-hant" if page.depth == 2 else page.slug
            translate(page, "zh-hant", slug=slug)
        for model in (Menu, Announcement):
            for source in model.objects.all():
                source.copy_for_translation(
                    version(self.article, "zh-hant").locale
                ).save()
        self.follow()

    def count(self, page: Page) -> int:
        path = page.get_url_parts()[2]
        self.build(path)
        with CaptureQueriesContext(connection) as captured:
            self.build(path)
        return len(captured)

    def test_a_translation_costs_no_more_queries_than_its_source(self):
        for name, page in self.pages.items():
            with self.subTest(name):
                other = version(page, "zh-hant")
                self.assertLessEqual(self.count(other), self.count(page))


def parse_link(html: str) -> str | None:
    _start, _mark, rest = html.partition('href="')
    return rest.partition('"')[0] if rest else None
