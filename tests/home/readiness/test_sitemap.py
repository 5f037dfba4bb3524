"""What search engines are asked to read, and what they are kept from."""

import re

from django.test import TestCase
from wagtail.models import Site

from home.readiness.computing import compute_list
from tests.factories import (
    ArticlePageFactory,
    CityIndexPageFactory,
    HomePageFactory,
    home_page,
    restrict,
    translate,
)
from tests.home.readiness.sites import city_page, own_body

# The site, its home in all languages, restrictions of other pages than cities', and for each of the two parts: how many
# pages, and which.
QUERIES = 8


class SitemapTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.city_list = CityIndexPageFactory(slug="cities")
        cls.ready = city_page(cls.city_list, "成都", own_body())
        cls.bare = city_page(cls.city_list, "重庆")
        compute_list(cls.city_list)

    def addresses(self):
        response = self.client.get("/sitemap.xml")
        self.assertEqual(response.status_code, 200)
        return re.findall(
            r"<loc>http://localhost(.*?)</loc>", response.content.decode()
        )

    def test_only_city_pages_that_are_ready_are_in_it(self):
        addresses = self.addresses()
        self.assertIn(self.ready.url, addresses)
        self.assertNotIn(self.bare.url, addresses)

    def test_a_page_that_is_not_ready_is_not_indexed_but_followed(self):
        noindex = '<meta name="robots" content="noindex,follow">'
        self.assertContains(self.client.get(self.bare.url), noindex)
        self.assertNotContains(self.client.get(self.ready.url), noindex)

    def test_wagtails_own_sitemap_would_leave_it_out_too(self):
        self.assertEqual(self.bare.get_sitemap_urls(), [])
        self.assertEqual(len(self.ready.get_sitemap_urls()), 1)

    def test_drafts_and_restricted_pages_are_left_out(self):
        article = ArticlePageFactory(slug="open")
        draft = ArticlePageFactory(parent=article.get_parent(), live=False)
        secret = ArticlePageFactory(parent=article.get_parent())
        restrict(secret)
        addresses = self.addresses()
        self.assertIn(article.url, addresses)
        self.assertNotIn(draft.slug, " ".join(addresses))
        self.assertNotIn(secret.url, addresses)

    def test_every_language_is_in_it(self):
        translate(home_page(), "en", title="Home")
        self.assertIn("/en/", self.addresses())

    def test_another_sites_pages_are_left_out(self):
        other = HomePageFactory(slug="other")
        Site.objects.create(hostname="other.example.test", root_page=other)
        self.addCleanup(Site.clear_site_root_paths_cache)
        page = ArticlePageFactory(parent__parent=other)
        self.assertNotIn(page.slug, " ".join(self.addresses()))

    def test_queries_do_not_grow_with_the_pages(self):
        self.addresses()
        with self.assertNumQueries(QUERIES):
            self.addresses()
        news = ArticlePageFactory().get_parent()
        for number in range(5):
            ArticlePageFactory(parent=news)
            city_page(self.city_list, f"某城{number}", own_body("城镇" * 200))
        with self.assertNumQueries(QUERIES):
            self.addresses()

    def test_robots_are_led_to_it(self):
        response = self.client.get("/robots.txt")
        self.assertEqual(response["Content-Type"], "text/plain; charset=utf-8")
        self.assertIn(
            "Sitemap: http://testserver/sitemap.xml", response.content.decode()
        )
        self.assertIn("max-age", response["Cache-Control"])
