"""What the pages that visitors see promise, whatever their type."""

import itertools
import re
from dataclasses import dataclass

from django.test import RequestFactory, TestCase
from django.utils import translation
from django.views.defaults import server_error

from tests.factories import translate
from tests.pages import build_site, parse

LOADED_BY_LINK = ["icon", "preload", "stylesheet"]


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    cookies: list[str]
    content: bytes


def ask(client, url: str) -> Answer:
    response = client.get(url)
    return Answer(
        response.status_code,
        dict(response.headers),
        list(response.cookies),
        response.content,
    )


class EveryPageTests(TestCase):
    """One page of each type and the page that is not there, each asked for once."""

    @classmethod
    def setUpTestData(cls):
        urls = {name: page.url for name, page in build_site().items()}
        urls["missing"] = "/no-such-page/"
        client = cls.client_class()
        cls.answers = {name: ask(client, url) for name, url in urls.items()}

    def each_page(self):
        """The parsed pages, each as a test of its own."""
        for name, answer in self.answers.items():
            with self.subTest(page=name):
                yield parse(answer)

    def test_they_are_there(self):
        statuses = {name: answer.status for name, answer in self.answers.items()}
        self.assertEqual(statuses.pop("missing"), 404)
        self.assertEqual(set(statuses.values()), {200})

    def test_nothing_in_them_needs_a_looser_content_security_policy(self):
        for soup in self.each_page():
            self.assertEqual(soup.find_all("style"), [])
            self.assertEqual(
                [script for script in soup.find_all("script") if not script.get("src")],
                [],
            )
            for tag in soup.find_all(True):
                inline = [
                    name
                    for name in tag.attrs
                    if name == "style" or name.startswith("on")
                ]
                self.assertEqual(inline, [], tag)
                self.assertFalse(tag.get("href", "").startswith("javascript:"), tag)

    def test_the_policy_allows_nothing_inline(self):
        for answer in self.answers.values():
            policy = answer.headers["Content-Security-Policy"]
            self.assertIn("script-src 'self';", policy)
            self.assertIn("style-src 'self';", policy)

    def test_they_load_nothing_from_elsewhere(self):
        for soup in self.each_page():
            loaded = [tag["src"] for tag in soup.find_all(src=True)]
            loaded += [tag["poster"] for tag in soup.find_all(poster=True)]
            loaded += [
                link["href"] for link in soup.find_all("link", rel=LOADED_BY_LINK)
            ]
            for tag in soup.find_all(srcset=True):
                loaded += [
                    candidate.split()[0] for candidate in tag["srcset"].split(", ")
                ]
            self.assertTrue(loaded)
            for url in loaded:
                self.assertRegex(url, r"^/(static|media|documents)/")

    def test_they_are_the_same_for_everybody(self):
        for answer in self.answers.values():
            self.assertEqual(answer.cookies, [])
            self.assertNotIn("Cookie", answer.headers.get("Vary", ""))

    def test_headings_begin_at_the_first_level_and_leave_none_out(self):
        for soup in self.each_page():
            headings = soup.main.find_all(re.compile(r"^h[1-6]$"))
            levels = [int(heading.name[1]) for heading in headings]
            self.assertEqual(levels[0], 1)
            self.assertEqual(levels.count(1), 1)
            for above, below in itertools.pairwise(levels):
                self.assertLessEqual(below, above + 1, levels)

    def test_every_id_is_given_once(self):
        for soup in self.each_page():
            ids = [tag["id"] for tag in soup.find_all(id=True)]
            self.assertEqual(len(ids), len(set(ids)), sorted(ids))

    def test_links_within_a_page_have_a_target(self):
        for soup in self.each_page():
            links = soup.find_all("a", href=re.compile(r"^#."))
            targets = {link["href"][1:] for link in links}
            self.assertIn("content", targets)
            self.assertLessEqual(targets, {tag["id"] for tag in soup.find_all(id=True)})

    def test_images_say_their_size_and_what_they_show(self):
        for soup in self.each_page():
            for image in soup.find_all("img"):
                self.assertLessEqual(
                    {"alt", "width", "height"}, set(image.attrs), image
                )

    def test_they_say_which_language_they_speak(self):
        for soup in self.each_page():
            self.assertEqual(soup.html["lang"], "zh-Hans")

    def test_the_header_names_the_city_and_the_phone(self):
        for soup in self.each_page():
            header = soup.find("header", class_="site-header")
            self.assertTrue(header.find("a", href="tel:+86-400-820-8820"))
            self.assertEqual(header.find(class_="city-switch__name").string, "成都")
            self.assertEqual(header.find("a", string="切换城市")["href"], "/cities/")

    def test_the_announcement_stands_at_the_top(self):
        for soup in self.each_page():
            self.assertIn("喜报", soup.find(class_="announcement").text)

    def test_the_footer_carries_the_filing_numbers(self):
        for soup in self.each_page():
            footer = soup.find("footer", class_="site-footer")
            filing = footer.find("a", href="https://beian.miit.gov.cn/")
            self.assertEqual(filing.string, "蜀ICP备00000000号")
            self.assertIn("川公网安备00000000000000号", footer.text)
            self.assertIn("认证中心有限公司", footer.text)

    def test_the_quick_service_form_is_close_at_hand(self):
        for soup in self.each_page():
            self.assertTrue(soup.main.find("form", class_="quick-form"))

    def test_a_missing_page_says_so_in_chinese(self):
        soup = parse(self.answers["missing"])
        self.assertEqual(soup.h1.string, "没有找到这个页面")
        self.assertEqual(
            soup.find("meta", attrs={"name": "robots"})["content"], "noindex"
        )

    def test_an_article_tells_where_it_comes_from(self):
        soup = parse(self.answers["article"])
        byline = soup.find(class_="byline").text
        self.assertIn("认证中心", byline)
        self.assertEqual(
            soup.find(class_="article__header").find(class_="kicker").string, "喜报"
        )

    def test_a_city_without_a_phone_shows_the_nationwide_one(self):
        hero = parse(self.answers["city"]).find(class_="hero")
        self.assertTrue(hero.find("a", href="tel:+86-400-820-8820"))

    def test_another_page_names_its_image_to_those_who_share_it(self):
        soup = parse(self.answers["article"])
        image = soup.find("meta", property="og:image")["content"]
        self.assertRegex(image, r"^http://testserver/media/images/.*fill-1200x630")


class LanguageTests(TestCase):
    def setUp(self):
        self.pages = build_site()
        translate(self.pages["home"], "en", title="Home")

    def test_an_english_page_speaks_english(self):
        soup = parse(self.client.get("/en/"))
        self.assertEqual(soup.html["lang"], "en")
        self.assertEqual(soup.find("a", class_="skip-link").string, "Skip to content")

    def test_language_versions_name_each_other(self):
        for url in ("/", "/en/"):
            alternates = parse(self.client.get(url)).select("link[hreflang]")
            languages = {link["hreflang"]: link["href"] for link in alternates}
            first, other = "http://localhost/", "http://localhost/en/"
            expected = {"zh-hans": first, "x-default": first, "en": other}
            self.assertEqual(languages, expected)


class CanonicalAddressTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()

    def test_it_keeps_the_category_and_drops_what_trackers_add(self):
        soup = parse(self.client.get("/news/?category=industry&utm_source=wechat"))
        canonical = soup.find("link", rel="canonical")["href"]
        self.assertEqual(canonical, "http://localhost/news/?category=industry")
        self.assertNotIn("utm_source", str(soup))

    def test_an_unknown_category_is_the_whole_list(self):
        soup = parse(self.client.get("/news/?category=no-such"))
        self.assertEqual(
            soup.find("link", rel="canonical")["href"], "http://localhost/news/"
        )


class ServerErrorPageTests(TestCase):
    def test_it_needs_no_database(self):
        with self.assertNumQueries(0), translation.override("zh-hans"):
            response = server_error(RequestFactory().get("/"))
        self.assertEqual(response.status_code, 500)
        self.assertEqual(parse(response).h1.string, "出了点问题")
