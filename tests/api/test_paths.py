from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from tests.api.base import DeliveryAPITestCase
from tests.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    CityIndexPageFactory,
    CityPageFactory,
    HomePageFactory,
    home_page,
    restrict,
)


class PathTestCase(DeliveryAPITestCase):
    def find(self, path: str, **parameters) -> dict:
        return self.read("pages/by-path/", path=path, **parameters)

    def assert_nothing_at(self, path: str, **parameters) -> None:
        response = self.ask("pages/by-path/", path=path, **parameters)
        self.assert_problem_response(response, status_code=404)


class PagesByPathTests(PathTestCase):
    @classmethod
    def setUpTestData(cls):
        cls.index = ArticleIndexPageFactory(title="资讯", slug="资讯")

    def test_every_type_of_page_is_found_at_its_path(self):
        pages = [
            home_page(),
            self.index,
            ArticlePageFactory(parent=self.index),
            CityIndexPageFactory(),
            CityPageFactory(),
        ]
        for page in pages:
            with self.subTest(page._meta.label):
                answer = self.find(page.url)
                self.assertEqual(
                    (answer["id"], answer["type"]), (page.pk, page._meta.label)
                )
                self.assertEqual(answer["path"], page.url)

    def test_a_path_may_be_written_as_people_read_it(self):
        for path in ("/资讯/", "/资讯", "/%E8%B5%84%E8%AE%AF/", "/资讯/?from=wechat"):
            with self.subTest(path):
                self.assertEqual(self.find(path)["id"], self.index.pk)

    def test_what_is_not_there_is_not_found(self):
        for path in ("/nosuch/", "/资讯/nosuch/", "/%FF/", "/..", "/admin/", "/en/"):
            with self.subTest(path):
                self.assert_nothing_at(path)


class RedirectTests(PathTestCase):
    @classmethod
    def setUpTestData(cls):
        cls.page = ArticleIndexPageFactory(slug="news")

    def test_a_redirect_to_a_page_is_its_path_now(self):
        Redirect.add_redirect("/old/", self.page)
        answer = {"type": "redirect", "location": "/news/", "permanent": True}
        for path in ("/old/", "/old", "/old/?utm_source=x"):
            self.assertEqual(self.find(path), answer)

    def test_a_redirect_may_lead_elsewhere_for_a_while(self):
        Redirect.add_redirect("/old/", "https://example.com/", is_permanent=False)
        self.assertEqual(
            self.find("/old/"),
            {
                "type": "redirect",
                "location": "https://example.com/",
                "permanent": False,
            },
        )

    def test_a_query_may_be_part_of_what_is_redirected(self):
        Redirect.add_redirect("/old/?id=1", "/one/")
        Redirect.add_redirect("/old/", "/any/")
        self.assertEqual(self.find("/old/?id=1")["location"], "/one/")
        self.assertEqual(self.find("/old/?id=2")["location"], "/any/")

    def test_a_page_goes_before_a_redirect(self):
        Redirect.add_redirect("/news/", "/elsewhere/")
        self.assertEqual(self.find("/news/")["id"], self.page.pk)

    def test_a_redirect_to_what_nobody_may_see_is_none(self):
        Redirect.add_redirect("/old/", self.page)
        restriction = restrict(self.page)
        self.assert_nothing_at("/old/")
        restriction.delete()
        self.page.unpublish()
        self.assert_nothing_at("/old/")

    def test_a_site_sees_its_own_redirects_first_and_never_those_of_another(self):
        second = Site.objects.create(
            hostname="second.example.test", root_page=HomePageFactory(slug="second")
        )
        Redirect.add_redirect("/old/", "/second/", site=second)
        self.assert_nothing_at("/old/")
        Redirect.add_redirect("/old/", "/all/")
        self.assertEqual(self.find("/old/")["location"], "/all/")
        answer = self.find("/old/", site="second.example.test")
        self.assertEqual(answer["location"], "/second/")

    def test_a_redirect_to_a_page_of_another_site_is_a_whole_address(self):
        Site.objects.create(
            hostname="second.example.test", root_page=HomePageFactory(slug="second")
        )
        Redirect.add_redirect("/old/", self.page)
        answer = self.find("/old/", site="second.example.test")
        self.assertEqual(answer["location"], "http://localhost/news/")
