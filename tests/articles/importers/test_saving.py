from datetime import datetime
from unittest import mock
from zoneinfo import ZoneInfo

from django.test import TestCase
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisTestCase
from wagtail.blocks import StreamBlock

from articles.importers import BadFile, read_article_file
from articles.importers.saving import Outcome, make_slug, save_article
from articles.models import ArticlePage
from cms.core.models import Announcement
from tests.articles.sample_pages import HEAD, NEWS_TEXT, article_from_text
from tests.factories import ArticleIndexPageFactory, UserFactory

TEXT = "三十家茶厂把自己的台账摊在长桌上,谁都可以翻。"


class CreatingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.index = ArticleIndexPageFactory()
        cls.article = read_article_file(NEWS_TEXT)

    def test_an_article_becomes_a_draft_below_the_list(self):
        page = save_article(self.article, self.index).page
        page.refresh_from_db()
        self.assertEqual(page.get_parent().specific, self.index)
        self.assertFalse(page.live)
        self.assertEqual(page.locale, self.index.locale)

    def test_the_page_says_what_the_file_says(self):
        save_article(self.article, self.index)
        page = ArticlePage.objects.get()
        midnight = datetime(2024, 3, 5, tzinfo=ZoneInfo("Asia/Shanghai"))
        self.assertEqual(page.title, self.article.title)
        self.assertEqual(page.source_name, "青榆认证中心")
        self.assertEqual(page.published_at, midnight)
        self.assertEqual(page.content_updated_at, midnight)
        self.assertEqual(page.initial_views, 2716)
        self.assertEqual(
            [block.block_type for block in page.body],
            [kind for kind, _value in self.article.body],
        )

    def test_the_body_is_what_an_editor_could_have_made(self):
        page = save_article(self.article, self.index).page
        body_block: StreamBlock = page.body.stream_block
        body_block.clean(page.body)

    def test_blocks_and_the_items_of_their_lists_have_ids(self):
        """Without ids, items of lists are left out of translations."""
        save_article(self.article, self.index)
        key_points = ArticlePage.objects.get().body.raw_data[0]
        self.assertTrue(key_points["id"])
        for point in key_points["value"]["points"]:
            self.assertTrue(point["id"])

    def test_publishing_makes_it_live(self):
        page = save_article(self.article, self.index, publish=True).page
        page.refresh_from_db()
        self.assertTrue(page.live)
        self.assertFalse(page.has_unpublished_changes)

    def test_an_article_without_date_is_published_when_it_is_imported(self):
        article = article_from_text(f"茶厂的一天\n{TEXT}")
        first = save_article(article, self.index)
        second = save_article(article, self.index)
        self.assertEqual(second.outcome, Outcome.UNCHANGED)
        self.assertIsNone(first.page.content_updated_at)

    def test_what_does_not_fit_has_a_reason_and_leaves_nothing_behind(self):
        article = article_from_text(f"茶厂的一天\n新闻来源:{'某' * 81}\n{TEXT}")
        with (
            translation.override("en"),
            self.assertRaisesMessage(
                BadFile, "source_name: Ensure this value has at most 80 characters"
            ),
        ):
            save_article(article, self.index)
        self.assertFalse(ArticlePage.objects.exists())

    def test_a_failure_half_way_leaves_nothing_behind(self):
        failure = mock.patch(
            "articles.importers.saving.keep_announcement", side_effect=RuntimeError
        )
        with failure, self.assertRaises(RuntimeError):
            save_article(self.article, self.index)
        self.assertFalse(ArticlePage.objects.exists())


class SlugTests(TestCase):
    def slug_of(self, title: str, details: str = "更新时间:2024-03-05") -> str:
        return make_slug(article_from_text(f"{title}\n{details}\n{TEXT}"))

    def test_a_slug_has_the_day_the_latin_words_and_stable_digits(self):
        self.assertRegex(self.slug_of("重庆茶厂的一天"), r"^2024-03-05-[0-9a-f]{8}$")
        self.assertRegex(
            self.slug_of("通过ISO 9001认证"), r"^2024-03-05-iso-9001-[0-9a-f]{8}$"
        )
        self.assertRegex(
            self.slug_of("十佳2023年", "来源:青榆 作者:陆"), r"^article-[0-9a-f]{8}$"
        )

    def test_the_same_article_has_the_same_slug(self):
        self.assertEqual(self.slug_of("茶厂 的一天"), self.slug_of("茶厂的一天"))

    def test_a_slug_is_short(self):
        self.assertLessEqual(
            len(self.slug_of("Every tin of tea knows its way " * 8)), 60
        )

    def test_a_slug_that_is_taken_gets_a_number(self):
        index = ArticleIndexPageFactory()
        article = article_from_text(f"{HEAD}{TEXT}")
        slug = save_article(article, index).page.slug
        ArticlePage.objects.update(import_key="")
        self.assertEqual(save_article(article, index).page.slug, f"{slug}-1")


class ImportingAgainTests(TestCase):
    def setUp(self):
        self.index = ArticleIndexPageFactory()
        self.article = self.version("")
        self.page = save_article(self.article, self.index).page

    def version(self, change: str):
        return article_from_text(f"{HEAD}{TEXT}{change}\n{TEXT}")

    def assert_imports_as(self, outcome: Outcome, change: str = "", *, publish=False):
        before = self.page.revisions.count()
        saved = save_article(self.version(change), self.index, publish=publish)
        self.page.refresh_from_db()
        self.assertEqual(saved.outcome, outcome)
        self.assertEqual(ArticlePage.objects.count(), 1)
        return self.page.revisions.count() - before

    def draft(self) -> ArticlePage:
        return self.page.get_latest_revision_as_object()

    def edit(self, **fields):
        draft = self.draft()
        for name, value in fields.items():
            setattr(draft, name, value)
        return draft.save_revision(user=UserFactory())

    def test_the_same_file_changes_nothing(self):
        self.assertEqual(self.assert_imports_as(Outcome.UNCHANGED), 0)

    def test_a_changed_file_makes_a_new_draft(self):
        self.assertEqual(self.assert_imports_as(Outcome.UPDATED, "改"), 1)
        self.assertIn("改", str(self.draft().body))
        self.assertEqual(self.assert_imports_as(Outcome.UNCHANGED, "改"), 0)

    def test_a_changed_file_leaves_the_live_page_until_it_is_published(self):
        self.page.get_latest_revision().publish()
        self.assert_imports_as(Outcome.UPDATED, "改")
        self.assertNotIn("改", str(ArticlePage.objects.get().body))
        self.assert_imports_as(Outcome.PUBLISHED, "改", publish=True)
        self.assertIn("改", str(ArticlePage.objects.get().body))

    def test_publishing_later_publishes_the_draft_without_a_new_revision(self):
        self.assertEqual(self.assert_imports_as(Outcome.PUBLISHED, publish=True), 0)
        self.assertTrue(self.page.live)
        self.assertEqual(self.assert_imports_as(Outcome.UNCHANGED, publish=True), 0)

    def test_a_page_that_an_editor_took_down_stays_down(self):
        self.page.get_latest_revision().publish()
        self.page.refresh_from_db()
        self.page.unpublish()
        self.assert_imports_as(Outcome.UNCHANGED, publish=True)
        self.assertFalse(self.page.live)

    def test_what_an_editor_changed_is_never_overwritten(self):
        for fields in ({"title": "茶厂的一年"}, {"initial_views": 9}, {"body": []}):
            with self.subTest(fields):
                self.edit(**fields)
                self.assertEqual(self.assert_imports_as(Outcome.UNCHANGED), 0)
                self.assertEqual(
                    self.assert_imports_as(Outcome.LEFT_TO_EDITORS, "改"), 0
                )

    def test_an_edited_draft_is_not_published_behind_the_editors_back(self):
        self.edit(summary="写到一半")
        self.assert_imports_as(Outcome.LEFT_TO_EDITORS, publish=True)
        self.assertFalse(self.page.live)

    def test_going_back_to_an_older_revision_is_an_edit(self):
        first = self.page.get_latest_revision()
        self.assert_imports_as(Outcome.UPDATED, "改")
        first.as_object().save_revision(user=UserFactory(), previous_revision=first)
        self.assertEqual(self.assert_imports_as(Outcome.LEFT_TO_EDITORS, "再改"), 0)

    def test_a_change_by_another_program_is_an_edit_too(self):
        draft = self.draft()
        draft.author = "陆望舒"
        draft.save_revision()
        self.assert_imports_as(Outcome.LEFT_TO_EDITORS, "改")

    def test_a_new_slug_or_summary_is_no_reason_to_forget_the_page(self):
        draft = self.draft()
        draft.slug = "tea"
        draft.save_revision().publish()
        self.assert_imports_as(Outcome.UPDATED, "改", publish=True)
        self.assertEqual(self.page.slug, "tea")

    def test_the_same_title_on_another_day_is_another_article(self):
        other = article_from_text(f"{HEAD}{TEXT}".replace("2024-03-05", "2024-03-06"))
        self.assertEqual(save_article(other, self.index).outcome, Outcome.CREATED)

    def test_another_list_may_hold_the_same_article(self):
        other = ArticleIndexPageFactory(slug="other")
        self.assertEqual(save_article(self.article, other).outcome, Outcome.CREATED)


class AnnouncementTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.index = ArticleIndexPageFactory()
        cls.article = read_article_file(NEWS_TEXT)

    def test_the_headline_is_kept_without_being_shown(self):
        save_article(self.article, self.index)
        announcement = Announcement.objects.get()
        announcement.full_clean()
        self.assertEqual(announcement.headline, self.article.announcement)
        self.assertFalse(Announcement.objects.current().exists())

    def test_publishing_shows_it(self):
        save_article(self.article, self.index, publish=True)
        shown = Announcement.objects.current().get()
        self.assertEqual(shown.headline, self.article.announcement)

    def test_a_headline_that_stood_above_many_articles_is_kept_once(self):
        for title in ("茶厂的一天", "茶厂的一年"):
            article = article_from_text(
                f"喜报!青榆认证获评示范单位\n{title}\n更新时间:2024-03-05\n{TEXT}"
            )
            save_article(article, self.index)
        self.assertEqual(Announcement.objects.count(), 1)

    def test_importing_again_does_not_bring_back_what_editors_removed(self):
        save_article(self.article, self.index)
        Announcement.objects.all().delete()
        save_article(self.article, self.index, publish=True)
        self.assertFalse(Announcement.objects.exists())


class AnyArticleTests(HypothesisTestCase):
    lines = st.lists(st.text("茶厂。?:■<&> *a1", max_size=30), max_size=8)

    @settings(max_examples=15, deadline=None)
    @given(lines.map("\n".join), st.booleans())
    def test_importing_twice_changes_nothing(self, text, publish):
        article = article_from_text(f"{HEAD}{TEXT}\n{text}")
        index = ArticleIndexPageFactory()
        created = save_article(article, index, publish=publish)
        again = save_article(article, index, publish=publish)
        self.assertEqual(created.outcome, Outcome.CREATED)
        self.assertEqual(again.outcome, Outcome.UNCHANGED)
        self.assertEqual(again.page.revisions.count(), 1)
