from django.test import TestCase
from wagtail.models import Site

from tests.core.test_page_queries import LANGUAGE_VERSIONS, ROUTE_BELOW_HOME
from tests.delivery.caching import CacheTestCase
from tests.factories import (
    ArticleCategoryFactory,
    ArticleIndexPageFactory,
    ArticlePageFactory,
    restrict,
    translate,
)


class ArticleListSearchTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.index = ArticleIndexPageFactory(slug="news")
        cls.article = ArticlePageFactory(parent=cls.index, title="成都知识产权保护")
        ArticlePageFactory(parent=cls.index, title="质量管理")

    def setUp(self):
        Site.clear_site_root_paths_cache()

    def search(self, text: str, *, path: str = "/news/", **parameters):
        return self.client.get(path, {"q": text, **parameters})

    def found(self, text: str, **parameters) -> list[str]:
        response = self.search(text, **parameters)
        self.assertEqual(response.status_code, 200)
        return [article.title for article in response.context["articles"]]

    def test_words_find_articles_and_are_told_how_many(self):
        response = self.search("產權")
        self.assertContains(response, "成都知识产权保护")
        self.assertNotContains(response, "质量管理")
        self.assertContains(response, "找到 1 篇")

    def test_the_words_stay_in_the_box(self):
        self.assertContains(self.search("知识 <b>"), 'value="知识 &lt;b&gt;"')

    def test_nothing_found_says_what_to_try(self):
        response = self.search("不存在的词")
        self.assertContains(response, "没有找到")
        self.assertNotContains(response, 'class="card"')
        self.assertNotContains(response, "目前只在所选分类中搜索")

    def test_nothing_found_in_a_category_says_that_there_are_others(self):
        ArticleCategoryFactory(slug="cases")
        response = self.search("知识", category="cases")
        self.assertContains(response, "目前只在所选分类中搜索")

    def test_search_engines_are_kept_out_of_results(self):
        self.assertContains(self.search("知识"), "noindex,follow")
        self.assertContains(
            self.search("知识"), 'rel="canonical" href="http://localhost/news/"'
        )
        self.assertNotContains(self.client.get("/news/"), "noindex")

    def test_pages_and_categories_keep_the_words(self):
        category = ArticleCategoryFactory(slug="cases")
        for _number in range(13):
            ArticlePageFactory(parent=self.index, title="认证 案例", category=category)
        response = self.search("认证 案例", category="cases")
        words = "q=%E8%AE%A4%E8%AF%81+%E6%A1%88%E4%BE%8B"
        self.assertContains(response, f'href="?category=cases&amp;{words}&amp;page=2"')
        self.assertContains(response, f'href="/news/?{words}"')
        self.assertContains(response, 'type="hidden" name="category" value="cases"')
        self.assertEqual(len(self.found("认证 案例", category="cases", page=2)), 1)

    def test_too_much_and_nothing_at_all_are_answered_in_words(self):
        self.assertContains(self.search("认" * 101), "100")
        self.assertContains(self.search("!?"), "没有可以搜索的内容")
        self.assertEqual(self.found("认" * 10_000), [])

    def test_an_empty_box_shows_the_list(self):
        self.assertEqual(len(self.found("  ")), 2)

    def test_only_what_the_list_itself_shows(self):
        ArticlePageFactory(parent=self.index, title="未发布", live=False)
        restrict(ArticlePageFactory(parent=self.index, title="保密的"))
        elsewhere = ArticleIndexPageFactory(title="另一个列表", slug="other")
        ArticlePageFactory(parent=elsewhere, title="别处的知识")
        self.assertEqual(self.found("未发布"), [])
        self.assertEqual(self.found("保密"), [])
        self.assertEqual(self.found("知识"), ["成都知识产权保护"])
        self.article.unpublish()
        self.assertEqual(self.found("知识"), [])

    def test_each_language_finds_its_own(self):
        translate(self.index.get_parent().specific, "zh-hant")
        translate(self.index, "zh-hant")
        translate(self.article, "zh-hant", title="成都智慧財產權保護")
        found = self.found("财产权", path="/zh-hant/news/")
        self.assertEqual(found, ["成都智慧財產權保護"])
        self.assertEqual(self.found("财产权"), [])
        self.assertEqual(self.found("知识产权", path="/zh-hant/news/"), [])

    def test_hostile_input_is_never_an_error(self):
        for text in ('"', "a*", "NEAR(a b)", "-a", "(a", "a\x00b", "'a':*", "%s", "👍"):
            self.found(text)

    def test_the_number_of_queries_does_not_grow(self):
        for _number in range(5):
            ArticlePageFactory(parent=self.index, title="知识")
        self.search("知识")
        # Settings, announcement, city list, menus, social accounts.
        around = LANGUAGE_VERSIONS + 5
        # Categories, number of articles, those in the part with category and cover, their cities.
        own = 4
        with self.assertNumQueries(ROUTE_BELOW_HOME + around + own):
            self.search("知识")


class SearchThroughTheCacheTests(CacheTestCase):
    def setUp(self):
        super().setUp()
        self.list_path = self.pages["articles"].get_url_parts()[2]

    def test_results_are_never_kept(self):
        for _time in range(2):
            answer = self.ask(f"{self.list_path}?q=%E8%AE%A4%E8%AF%81")
            self.assertEqual((answer.status, answer.is_hit), (200, False))
            self.assertNotIn("stored", answer.cache)
        self.assertIn("private", answer.headers["cache-control"])
        for _time in range(2):
            answer = self.ask("/api/v1/articles/?search=%E8%AE%A4%E8%AF%81")
            self.assertEqual((answer.status, answer.is_hit), (200, False))
            self.assertNotIn("stored", answer.cache)

    def test_the_list_itself_is_kept_as_before(self):
        self.assertIn("stored", self.ask(self.list_path).cache)
        self.ask(f"{self.list_path}?q=%E8%AE%A4%E8%AF%81")
        answer = self.ask(self.list_path)
        self.assertTrue(answer.is_hit)
        self.assertNotIn(b"noindex", answer.body)
