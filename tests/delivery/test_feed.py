"""What consumers are told of the log over the API."""

from django.test import TestCase

from cms.delivery.feed import read_feed
from tests.delivery.caching import forget_transaction
from tests.factories import ArticlePageFactory, restrict
from tests.pages import build_site

FEED = "/api/v1/changes/"


class FeedTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.pages = build_site()
        cls.article = cls.pages["article"]

    def setUp(self):
        forget_transaction()
        self.cursor = self.end()

    def end(self):
        """A cursor at which everything is known."""
        batch = read_feed("", 500)
        while batch.more:
            batch = read_feed(batch.cursor, 500)
        return batch.cursor

    def items(self, after=None):
        answer = self.client.get(FEED, {"after": after or self.cursor})
        self.assertEqual(answer.status_code, 200)
        return answer.json()["items"]

    def test_who_begins_is_given_everything_that_is_published(self):
        items = self.client.get(FEED).json()["items"]
        self.assertIn(str(self.article.pk), {item["id"] for item in items})
        self.assertEqual({item["action"] for item in items}, {"published"})

    def test_drafts_are_not_told_of(self):
        draft = ArticlePageFactory(
            parent=self.pages["articles"], live=False, slug="secret-plan"
        )
        draft.title = "还没有"
        draft.save()
        draft.delete()
        self.assertEqual(self.items(), [])

    def test_published_page_tells_nothing_of_the_draft_that_it_was(self):
        draft = ArticlePageFactory(
            parent=self.pages["articles"], live=False, slug="secret-plan"
        )
        forget_transaction()
        draft.slug = "open-plan"
        draft.save_revision().publish()
        answer = self.client.get(FEED, {"after": self.cursor})
        [item] = answer.json()["items"]
        self.assertEqual(item["path_after"], "/news/open-plan/")
        self.assertNotIn(b"secret-plan", answer.content)

    def test_restricted_pages_are_not_told_of(self):
        restrict(self.pages["articles"])
        forget_transaction()
        self.article.title = "只给自己人"
        self.article.save_revision().publish()
        told = [item for item in self.items() if item["id"] == str(self.article.pk)]
        # That it is gone, and nothing else.
        self.assertLessEqual({item["action"] for item in told}, {"unpublished"})
        self.assertNotIn("只给自己人", str(told))

    def test_batches_follow_each_other(self):
        for number in range(3):
            forget_transaction()
            self.article.title = f"第 {number} 次"
            self.article.save_revision().publish()
        answer = self.client.get(FEED, {"after": self.cursor, "limit": 2}).json()
        self.assertEqual((len(answer["items"]), answer["more"]), (2, True))
        self.assertEqual(len(self.items(answer["cursor"])), 1)

    def test_cursor_that_is_none_is_a_problem_that_names_it(self):
        answer = self.client.get(FEED, {"after": "yesterday"})
        self.assertEqual(answer.status_code, 422)
        self.assertEqual(answer["Content-Type"], "application/problem+json")
        self.assertIn("after", answer.content.decode())
