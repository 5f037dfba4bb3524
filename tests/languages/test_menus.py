"""A language without a menu of its own has the first one's; announcements of other languages are not shown."""

from django.test import TestCase
from wagtail.models import Locale, Site

from cms.core.models import Announcement, Menu
from tests.factories import AnnouncementFactory
from tests.languages.site import build_languages, version
from tests.pages import parse


def link(label, page=None, children=()):
    return {
        "label": label,
        "page": page and page.pk,
        "url": "" if page else "https://example.com/",
        "children": list(children),
    }


class MenuTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.pages = build_languages()
        news = version(cls.pages["news"], "en")
        news.title = "News"
        news.save_revision().publish()
        cls.locale = Locale.objects.get(language_code="en")

    def setUp(self):
        Site.clear_site_root_paths_cache()

    def make_menu(self, *links, slot="header", locale=None):
        Menu.objects.create(
            slot=slot,
            locale=locale or Locale.get_default(),
            items=[{"type": "link", "value": value} for value in links],
        )

    def links(self, path="/en/", selector=".site-nav__link"):
        page = parse(self.client.get(path))
        return [(a.get_text(strip=True), a["href"]) for a in page.select(selector)]

    def test_a_language_without_a_menu_has_that_of_the_first_leading_to_its_own_pages(
        self,
    ):
        news = self.pages["news"]
        self.make_menu(link("看资讯", news, [link("例子"), link("下级", news)]))
        self.make_menu(link("看资讯", news), slot="footer")
        self.assertEqual(self.links(), [("看资讯", "/en/news/")])
        below = [("例子", "https://example.com/"), ("下级", "/en/news/")]
        self.assertEqual(self.links(selector=".site-nav__sublink"), below)
        self.assertEqual(
            self.links(selector=".footer-nav__link"), [("看资讯", "/en/news/")]
        )
        menus = self.client.get("/api/v1/site/", {"locale": "en"}).json()["menus"]
        self.assertEqual(menus["header"][0]["label"], "看资讯")
        self.assertEqual(menus["header"][0]["href"], "/en/news/")

    def test_what_has_no_label_of_its_own_is_called_by_its_title_in_each_language(self):
        news = self.pages["news"]
        self.make_menu(link("", news), link(news.title, news))
        self.assertEqual(self.links(), [("News", "/en/news/")] * 2)
        self.assertEqual(self.links("/"), [(news.title, "/news/")] * 2)

    def test_a_menu_of_its_own_is_shown_even_if_it_is_empty(self):
        news = self.pages["news"]
        self.make_menu(link("资讯", news))
        self.make_menu(link("资讯", news), slot="footer")
        self.make_menu(locale=self.locale)
        self.assertEqual(self.links(), [])
        self.assertEqual(len(self.links(selector=".footer-nav__link")), 1)

    def test_a_menu_comes_to_its_own_language_only_from_the_first(self):
        self.make_menu(link("Latest", self.pages["news"]), locale=self.locale)
        self.assertEqual(self.links("/"), [])
        self.assertEqual(self.links(), [("Latest", "/en/news/")])

    def test_an_announcement_in_another_language_is_left_out(self):
        AnnouncementFactory(headline="喜报")
        self.assertIsNone(parse(self.client.get("/en/")).select_one(".announcement"))
        self.assertIn(
            "喜报", parse(self.client.get("/")).select_one(".announcement").text
        )
        site = self.client.get("/api/v1/site/", {"locale": "en"}).json()
        self.assertIsNone(site["announcement"])
        self.assertEqual(Announcement.objects.count(), 1)

    def test_a_link_has_a_label_or_a_page(self):
        block = Menu._meta.get_field("items").stream_block.child_blocks["link"]
        block.clean(block.to_python(link("", self.pages["news"])))
        with self.assertRaises(Exception) as raised:
            block.clean(block.to_python(link("")))
        self.assertIn("label", raised.exception.block_errors)
