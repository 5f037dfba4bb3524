"""Content that no editor would make: imported, damaged, or left over. It neither fails nor is published."""

import json
from uuid import uuid4

from django.test import TestCase, override_settings
from wagtail.models import Locale, Page
from wagtail_localize.models import TranslationSource

from articles.models import ArticlePage
from cms.core.blocks import BodyBlock
from tests.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    CityFactory,
    UserFactory,
)
from tests.translation.languages import (
    language,
    strings_of,
    submit,
    translation_of,
)

FAQ = {
    "type": "faq",
    "value": {"items": [{"question": "多久？", "answer": "<p>三个月。</p>"}]},
}
COLUMNS = {
    "type": "two_columns",
    "value": {"left": [{"type": "paragraph", "value": "<p>左栏</p>"}], "right": []},
}
POINTS = {"type": "key_points", "value": {"title": "要点", "points": ["甲", "乙"]}}
IMPORTED = ["多久？", "三个月。", "左栏", "要点", "甲", "乙"]


class BadDataTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.english = language("en")
        cls.index = ArticleIndexPageFactory(slug="news")
        cls.administrator = UserFactory(is_superuser=True)

    def setUp(self):
        self.client.force_login(self.administrator)

    def stored(self, *children, **fields) -> ArticlePage:
        """An article whose body is written past Wagtail, just as it is."""
        article = ArticlePageFactory(parent=self.index, title="甲文", **fields)
        body = BodyBlock().to_python([])
        ArticlePage.objects.filter(pk=article.pk).update(body=body)
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE articles_articlepage SET body = %s WHERE page_ptr_id = %s",
                [json.dumps(children), article.pk],
            )
        return ArticlePage.objects.get(pk=article.pk)

    def submit(self, page, **options):
        with self.captureOnCommitCallbacks(execute=True):
            response = submit(self.client, page, self.english, **options)
        self.assertEqual(response.status_code, 302)
        self.assertFalse(Page.objects.filter(locale=self.english).live().exists())
        return translation_of(page, self.english)

    def texts(self, article) -> list[str]:
        return [text for text in strings_of(article) if text in IMPORTED]


class BlocksWithoutIdsTests(BadDataTestCase):
    def test_all_texts_are_found(self):
        """Items of lists were skipped, and nested streams failed with IndexError."""
        article = self.stored(FAQ, COLUMNS, POINTS)
        self.submit(article)
        self.assertEqual(self.texts(article), IMPORTED)

    def test_places_stay_the_same_from_time_to_time(self):
        article = self.stored(FAQ, COLUMNS, POINTS)
        self.submit(article)
        source = TranslationSource.objects.get_for_instance(article)
        before = set(source.stringsegment_set.values_list("context", "string"))
        source.update_from_db()
        after = set(source.stringsegment_set.values_list("context", "string"))
        self.assertEqual(before, after)

    def test_content_that_is_imported_again_has_the_same_places(self):
        first = self.stored(FAQ, COLUMNS)
        self.submit(first)
        ids = ArticlePage.objects.get(pk=first.pk).body.raw_data[0]["id"]
        ArticlePage.objects.filter(pk=first.pk).update(body=json.dumps([FAQ, COLUMNS]))
        TranslationSource.objects.get_for_instance(first).update_from_db()
        again = ArticlePage.objects.get(pk=first.pk).body.raw_data[0]["id"]
        self.assertEqual(ids, again)

    def test_ids_that_stand_twice_are_told_apart(self):
        """Two blocks with one id are one place, which held two texts: the translation failed."""
        twin = {"id": str(uuid4())}
        article = self.stored(POINTS | twin, COLUMNS | twin)
        self.submit(article)
        self.assertEqual(self.texts(article), ["要点", "甲", "乙", "左栏"])

    def test_blocks_that_have_ids_keep_them(self):
        own = str(uuid4())
        article = self.stored(POINTS | {"id": own})
        self.submit(article)
        article = ArticlePage.objects.get(pk=article.pk)
        self.assertEqual(article.body.raw_data[0]["id"], own)


class EmptyContentTests(BadDataTestCase):
    def test_empty_blocks_are_copied_as_they_are(self):
        page = self.submit(
            self.stored(
                {"type": "faq", "value": {"items": []}},
                {
                    "type": "image",
                    "value": {"image": None, "caption": "", "credit": ""},
                },
                {
                    "type": "video",
                    "value": {"file": None, "embed": None, "caption": ""},
                },
                {"type": "image", "value": {}},
                {"type": "table", "value": None},
                {"type": "paragraph", "value": ""},
                {"type": "two_columns", "value": {"left": None, "right": []}},
                {"type": "unknown", "value": {"text": "无此块"}},
            )
        )
        self.assertEqual(len(page.body), 7)

    def test_an_empty_page_is_a_draft_too(self):
        self.assertEqual(len(self.submit(self.stored()).body), 0)


class RelationsTests(BadDataTestCase):
    def test_relations_follow_the_source(self):
        """Cities were copied once, and then never again."""
        article = self.stored()
        first, second = CityFactory(), CityFactory()
        article.cities.set([first])
        article.tags.add("质量")
        article.save()
        page = self.submit(article)
        self.assertEqual(list(page.cities.all()), [first])
        article.cities.set([second])
        article.tags.set(["能源"])
        article.save()
        source = TranslationSource.objects.get_for_instance(article)
        source.update_from_db()
        source.translations.get().save_target(publish=False)
        page = translation_of(article, self.english).get_latest_revision_as_object()
        self.assertEqual(list(page.cities.all()), [second])
        self.assertEqual([tag.name for tag in page.tags.all()], ["能源"])


class LeftOversTests(BadDataTestCase):
    def test_an_alias_of_a_page_is_translated_like_a_page(self):
        article = self.stored(POINTS)
        alias = article.create_alias(update_slug="alias")
        page = self.submit(alias)
        self.assertIsNone(page.alias_of_id)

    def test_a_moved_page_is_translated_where_it_stands_now(self):
        article = self.stored(POINTS)
        self.submit(article)
        other = ArticleIndexPageFactory(slug="cases")
        article.move(other, pos="last-child")
        source = TranslationSource.objects.get_for_instance(article)
        source.update_from_db()
        source.translations.get().save_target(publish=False)
        self.assertFalse(translation_of(article, self.english).live)

    @override_settings(WAGTAIL_CONTENT_LANGUAGES=[("zh-hans", "简体")])
    def test_a_language_that_was_taken_out_of_the_settings_is_left_alone(self):
        article = self.stored(POINTS)
        with self.captureOnCommitCallbacks(execute=True):
            article.save_revision().publish()
        pages = Page.objects.filter(locale_id=self.english.pk)
        self.assertFalse(pages.exists())

    def test_a_language_that_is_deleted_takes_its_texts_along(self):
        hant = language("zh-hant")
        article = self.stored(POINTS)
        with self.captureOnCommitCallbacks(execute=True):
            submit(self.client, article, hant)
        for page in Page.objects.filter(locale=hant).order_by("-depth"):
            page.delete()
        Locale.objects.get(pk=hant.pk).delete()
        self.submit(article)
