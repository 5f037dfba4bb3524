"""A list of which a part is shown is the same whether its keys are remembered or not."""

import json

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.delivery.test_fragments import FragmentTestCase
from tests.factories import ArticlePageFactory, restrict


class RememberedListTests(FragmentTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        for _number in range(15):
            ArticlePageFactory(parent=cls.pages["articles"])

    def paths(self):
        for order in ("", "&order=published_at", "&order=-updated_at"):
            yield f"/api/v1/articles/?limit=5&offset=7{order}"
        yield "/api/v1/articles/?category=industry"
        yield "/api/v1/articles/?offset=100"
        yield "/api/v1/articles/?city=chengdu"
        yield "/news/"
        yield "/news/?page=2"
        yield "/news/?category=industry"

    def test_they_are_the_same_with_and_without_a_memory(self):
        for path in self.paths():
            with self.subTest(path):
                self.assertEqual(self.build(path), self.build_without(path))

    def build_without(self, path):
        from cms.delivery.fragments import fragments

        fragments.is_followed = False
        html = self.build(path)
        fragments.is_followed = True
        return html

    def test_deep_part_does_not_read_what_stands_before_it(self):
        self.build("/api/v1/articles/?limit=5")
        with CaptureQueriesContext(connection) as queries:
            self.build("/api/v1/articles/?limit=5&offset=10")
        self.assertFalse([each for each in queries if "OFFSET" in each["sql"]])
        # The articles, their cities.
        self.assertEqual(len(queries), 2)

    def test_new_article_stands_first(self):
        path = "/api/v1/articles/?limit=1"
        self.build(path)
        ArticlePageFactory(title="新的", parent=self.pages["articles"])
        self.follow()
        self.assertIn("新的", self.build(path))

    def test_article_that_is_withdrawn_is_gone(self):
        path = "/api/v1/articles/?limit=50"
        self.assertIn(self.article.title, self.build(path))
        self.article.unpublish()
        self.follow()
        self.assertNotIn(self.article.title, self.build(path))

    def test_restricted_articles_are_gone(self):
        path = "/api/v1/articles/?limit=50"
        self.build(path)
        restrict(self.pages["articles"])
        self.follow()
        self.assertEqual(json.loads(self.build(path)), {"items": [], "count": 0})

    def test_restricted_page_is_not_public(self):
        self.build()
        restrict(self.article)
        self.follow()
        self.assertIn("private", self.ask().headers.get("cache-control", "private"))
