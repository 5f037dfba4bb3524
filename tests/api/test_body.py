"""Bodies leave the API whole and typed, whatever has been deleted since, in as many queries whatever their length."""

from typing import Any

from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.models import Page

from cms.api.body import body_representation
from cms.core.blocks import BodyBlock
from tests.api.base import DeliveryAPITestCase
from tests.api.bodies import LINK_TO_PAGE, body_with_every_block, make_targets
from tests.factories import ArticlePageFactory, ImageFactory, home_page, translate


class BodyTests(DeliveryAPITestCase):
    @classmethod
    def setUpTestData(cls):
        cls.targets = make_targets()
        cls.image, cls.other = cls.targets["image"], cls.targets["page"]
        cls.index = cls.other.get_parent()
        cls.listed = ArticlePageFactory(
            parent=cls.index, category=cls.targets["category"]
        )
        cls.article = ArticlePageFactory(
            parent=cls.index, body=body_with_every_block(cls.targets)
        )

    def blocks(self) -> dict[str, Any]:
        body = self.read(f"articles/{self.article.pk}/")["body"]
        return {block["type"]: block["value"] for block in body}

    def test_every_block_leaves_as_it_represents_itself(self):
        """No schema hides what a block says: a new key of a block belongs into its schema too."""
        blocks = self.blocks()
        self.assertEqual(blocks.keys(), BodyBlock().child_blocks.keys())
        request = RequestFactory().get("/", headers={"host": "localhost"})
        for block in body_representation(
            self.article.shown_body, self.article, request
        ):
            with self.subTest(block["type"]):
                self.assertEqual(block["value"], blocks[block["type"]])

    def test_links_in_text_are_finished(self):
        blocks = self.blocks()
        link = f'<p>见<a href="{self.other.url}">另一页</a>。</p>'
        self.assertEqual(blocks["paragraph"], link)
        self.assertEqual(blocks["callout"]["text"], link)
        self.assertEqual(blocks["faq"]["items"][0]["answer"], link)
        self.assertEqual(blocks["two_columns"]["left"][0]["value"], link)

    def test_images_bring_what_shows_them(self):
        image = self.blocks()["image"]["image"]
        self.assertEqual(image["alt"], "审核现场")
        self.assertEqual(image["id"], self.image.pk)
        self.assertTrue(image["renditions"][0]["url"].endswith(".webp"))

    def test_chosen_things_bring_what_is_needed_of_them(self):
        blocks = self.blocks()
        self.assertEqual(blocks["call_to_action"]["href"], self.other.url)
        self.assertEqual(blocks["quick_form"]["form"], "apply")
        self.assertEqual(blocks["download"]["title"], "申请表")
        self.assertEqual(blocks["city_contact"]["contact"]["phone"], "028-1234")
        listed = [article["id"] for article in blocks["article_list"]["articles"]]
        self.assertEqual(listed, [self.listed.pk])

    def test_what_has_been_deleted_leaves_a_gap_and_nothing_breaks(self):
        for target in self.targets.values():
            target.delete()
        blocks = self.blocks()
        self.assertEqual(blocks["paragraph"], "<p>见<a>另一页</a>。</p>")
        self.assertIsNone(blocks["image"]["image"])
        self.assertIsNone(blocks["download"]["document"])
        self.assertEqual(blocks["call_to_action"]["href"], "")
        self.assertIsNone(blocks["quick_form"]["form"])

    def test_an_unpublished_page_is_not_linked_to(self):
        self.other.unpublish()
        blocks = self.blocks()
        self.assertEqual(blocks["paragraph"], "<p>见<a>另一页</a>。</p>")
        self.assertEqual(blocks["call_to_action"]["href"], "")

    def test_links_lead_to_the_language_of_the_page(self):
        """wagtail-localize leaves the ids of the source's language in a translated body."""
        translate(home_page(), "en", slug="home-en")
        translate(self.index, "en", slug="news")
        other = translate(self.other, "en", slug="other-en")
        article = translate(self.article, "en", slug="article-en")
        with translation.override("zh-hans"):
            response = self.client.get(
                f"/api/v1/articles/{article.pk}/",
                headers={"accept-language": "zh-hans"},
            )
        self.assertEqual(response.headers["Content-Language"], "en")
        body = {block["type"]: block["value"] for block in response.json()["body"]}
        self.assertIn('href="/en/news/other-en/"', body["paragraph"])
        self.assertEqual(body["call_to_action"]["href"], "/en/news/other-en/")
        self.assertEqual(body["call_to_action"]["page"], other.pk)

    def test_a_longer_body_needs_no_more_queries(self):
        def queries(article: Page) -> int:
            path = f"/api/v1/articles/{article.pk}/"
            self.client.get(path)  # renditions are made when they are first asked for
            with CaptureQueriesContext(
                connection,
            ) as captured:
                self.assertEqual(self.client.get(path).status_code, 200)
            return len(captured)

        lengthened = ArticlePageFactory(parent=self.index)
        images = ImageFactory.create_batch(5)
        others = ArticlePageFactory.create_batch(5, parent=self.index)
        lengthened.body = [
            *self.article.body.raw_data,
            *(
                {"type": "paragraph", "value": LINK_TO_PAGE.format(page=other.pk)}
                for other in others
            ),
            *(
                {
                    "type": "call_to_action",
                    "value": {"title": "x", "label": "x", "page": other.pk},
                }
                for other in others
            ),
            *(
                {
                    "type": "image",
                    "value": {"image": {"image": image.pk, "alt_text": "x"}},
                }
                for image in images
            ),
        ]
        lengthened.save()
        self.assertEqual(queries(lengthened), queries(self.article))
