"""Nobody reads through the API what a visitor of the site could not see: drafts, private pages, other sites."""

from wagtail.models import Site

from tests.api.base import DeliveryAPITestCase
from tests.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    HomePageFactory,
    home_page,
    restrict,
    translate,
)


class VisibilityTests(DeliveryAPITestCase):
    @classmethod
    def setUpTestData(cls):
        cls.article = ArticlePageFactory()
        cls.index = cls.article.get_parent()

    def assert_readable(self, page, **parameters):
        path = page.get_url_parts()[2]
        self.assertIn(page.pk, self.listed("articles/", **parameters))
        self.read(f"articles/{page.pk}/", **parameters)
        self.read(f"pages/{page.pk}/", **parameters)
        self.assertEqual(
            self.read("pages/by-path/", path=path, **parameters)["id"], page.pk
        )

    def assert_hidden(self, page, **parameters):
        self.assertNotIn(page.pk, self.listed("articles/", **parameters))
        for path in (f"articles/{page.pk}/", f"pages/{page.pk}/"):
            self.assert_problem_response(self.ask(path, **parameters), status_code=404)
        response = self.ask(
            "pages/by-path/", path=page.get_url_parts()[2], **parameters
        )
        self.assert_problem_response(response, status_code=404)

    def test_a_published_article_is_read_in_every_way(self):
        self.assert_readable(self.article)

    def test_a_draft_is_not(self):
        self.article.unpublish()
        self.assert_hidden(self.article)

    def test_what_is_typed_into_a_draft_of_a_live_page_stays_inside(self):
        self.article.title = "未公开"
        self.article.save_revision()
        self.assertNotEqual(
            self.read(f"articles/{self.article.pk}/")["title"], "未公开"
        )

    def test_a_private_article_is_not_read(self):
        restrict(self.article)
        self.assert_hidden(self.article)

    def test_neither_is_one_below_a_private_page(self):
        restrict(self.index)
        self.assert_hidden(self.article)

    def test_a_deleted_article_is_gone(self):
        pk = self.article.pk
        self.article.delete()
        self.assert_problem_response(self.ask(f"articles/{pk}/"), status_code=404)

    def test_a_page_of_another_type_is_no_article(self):
        response = self.ask(f"articles/{self.index.pk}/")
        self.assert_problem_response(response, status_code=404)

    def test_the_root_of_the_tree_is_no_page(self):
        root = home_page().get_parent()
        self.assert_problem_response(self.ask(f"pages/{root.pk}/"), status_code=404)


class SiteTests(VisibilityTests):
    """The same for two sites."""

    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        home = HomePageFactory(slug="second-home")
        cls.second = Site.objects.create(hostname="second.example.test", root_page=home)
        cls.elsewhere = ArticlePageFactory(parent=ArticleIndexPageFactory(parent=home))

    def test_each_site_has_its_own_pages(self):
        self.assert_readable(self.elsewhere, site="second.example.test")
        self.assert_hidden(self.elsewhere)
        self.assert_hidden(self.article, site="second.example.test")

    def test_the_host_decides_when_no_site_is_named(self):
        self.client.defaults["HTTP_HOST"] = "second.example.test"
        self.assert_readable(self.elsewhere)
        self.assert_readable(self.article, site="localhost")

    def test_a_host_with_two_sites_needs_its_port(self):
        Site.objects.create(
            hostname="second.example.test", port=8080, root_page=home_page()
        )
        response = self.ask("articles/", site="second.example.test")
        self.assert_problem_response(response, status_code=422, parameter="site")
        self.assert_readable(self.elsewhere, site="second.example.test:80")
        self.assert_readable(self.article, site="second.example.test:8080")


class LanguageTests(DeliveryAPITestCase):
    @classmethod
    def setUpTestData(cls):
        cls.article = ArticlePageFactory(slug="article")
        translate(home_page(), "en", slug="home-en")
        translate(cls.article.get_parent(), "en", slug="news")
        cls.english = translate(cls.article, "en", slug="article-en", title="Article")

    def test_a_list_is_in_one_language(self):
        self.assertEqual(self.listed("articles/"), [self.article.pk])
        self.assertEqual(self.listed("articles/", locale="en"), [self.english.pk])

    def test_an_id_has_settled_the_language(self):
        answer = self.read(f"articles/{self.english.pk}/")
        self.assertEqual((answer["locale"], answer["title"]), ("en", "Article"))

    def test_a_language_that_is_asked_for_must_be_the_pages(self):
        self.read(f"articles/{self.english.pk}/", locale="en")
        response = self.ask(f"articles/{self.english.pk}/", locale="zh-hans")
        self.assert_problem_response(response, status_code=404)

    def test_the_prefix_of_a_path_is_its_language(self):
        answer = self.read("pages/by-path/", path="/en/news/article-en/")
        self.assertEqual(answer["id"], self.english.pk)
        for path in ("/news/article-en/", "/en-gb/news/article-en/", "/en/article/"):
            with self.subTest(path):
                response = self.ask("pages/by-path/", path=path)
                self.assert_problem_response(response, status_code=404)

    def test_a_page_knows_its_published_translations(self):
        answer = self.read(f"articles/{self.article.pk}/")
        self.assertEqual(
            answer["alternates"],
            [
                {
                    "locale": "en",
                    "id": self.english.pk,
                    "title": "Article",
                    "path": "/en/news/article-en/",
                }
            ],
        )
        self.english.unpublish()
        self.assertEqual(self.read(f"articles/{self.article.pk}/")["alternates"], [])

    def test_a_private_translation_is_not_named(self):
        restrict(self.english)
        self.assertEqual(self.read(f"articles/{self.article.pk}/")["alternates"], [])

    def test_a_language_without_a_home_page_has_no_pages(self):
        type(self.english.locale).objects.create(language_code="zh-hant")
        self.assertEqual(self.listed("articles/", locale="zh-hant"), [])
