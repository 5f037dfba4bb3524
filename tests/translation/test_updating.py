"""Traditional Chinese that follows what is published in simplified Chinese."""

from unittest import mock

from django.test import TestCase
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation

from articles.models import ArticleCategory
from cms.translation.models import LanguageRule, Mode, Translator
from cms.translation.states import State, find_states
from cms.translation.updating import Outcome, update_translation
from tests.factories import (
    ArticleCategoryFactory,
    ArticleIndexPageFactory,
    ArticlePageFactory,
    home_page,
)
from tests.translation.languages import language, record_of, translation_of

BODY = [
    ("heading", {"text": "软件认证", "level": "h2"}),
    (
        "paragraph",
        '<p>发展<b>信息</b>安全，电话{电话}。<a href="https://example.com/资讯">资讯</a></p>',
    ),
    ("statistics", {"items": [{"value": "98.6", "unit": "%", "label": "通过率"}]}),
]


class FollowingTestCase(TestCase):
    mode = Mode.AUTOMATIC
    translator = Translator.TAIWAN

    @classmethod
    def setUpTestData(cls):
        cls.hant = language("zh-hant")
        cls.rule = LanguageRule.objects.create(
            locale=cls.hant,
            source=home_page().locale,
            translator=cls.translator,
            mode=cls.mode,
        )
        cls.index = ArticleIndexPageFactory(title="资讯", slug="news")

    def article(self, **fields):
        return ArticlePageFactory(parent=self.index, **fields)

    def publish(self, page, **changes):
        for name, value in changes.items():
            setattr(page, name, value)
        with self.captureOnCommitCallbacks(execute=True):
            page.save_revision().publish()
        page.refresh_from_db()

    def traditional(self, page):
        return translation_of(page, self.hant)

    def state(self, page):
        page = Page.objects.get(pk=page.pk)
        return find_states([page], [self.hant])[page.translation_key, self.hant.pk]

    def correct(self, page, source, correction):
        """As the editor of wagtail-localize does it."""
        segment = record_of(page, self.hant).source.stringsegment_set.get(
            string__data=source
        )
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            context=segment.context,
            locale=self.hant,
            defaults={
                "data": correction,
                "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
                "tool_name": "",
            },
        )


class AutomaticTests(FollowingTestCase):
    def test_a_published_article_appears_in_traditional_chinese(self):
        article = self.article(title="信息安全", slug="security")
        self.publish(article, body=BODY)
        page = self.traditional(article)
        self.assertEqual(page.url, "/zh-hant/news/security/")
        response = self.client.get(page.url)
        self.assertContains(response, "資訊安全")
        self.assertContains(response, "軟體認證")
        self.assertContains(response, 'href="https://example.com/资讯"')
        self.assertNotContains(response, "软件认证")

    def test_the_pages_above_are_published_too(self):
        self.publish(self.article())
        pages = Page.objects.filter(locale=self.hant)
        self.assertEqual(pages.count(), 3)
        self.assertEqual(pages.live().count(), 3)
        self.assertFalse(pages.exclude(alias_of=None).exists())

    def test_what_a_page_refers_to_is_translated(self):
        article = self.article(category=ArticleCategoryFactory(name="行业资讯"))
        self.publish(article)
        self.assertEqual(self.traditional(article).category.name, "行業資訊")

    def test_a_change_follows_when_it_is_published(self):
        article = self.article(title="信息")
        self.publish(article)
        article.title = "软件"
        with self.captureOnCommitCallbacks(execute=True):
            article.save_revision()
        self.assertEqual(self.traditional(article).title, "資訊")
        self.publish(article)
        self.assertEqual(self.traditional(article).title, "軟體")
        self.assertEqual(self.state(article), State.CURRENT)

    def test_a_correction_by_a_person_survives(self):
        article = self.article(title="信息安全")
        self.publish(article, summary="软件")
        self.correct(article, "信息安全", "訊息安全")
        self.publish(article, summary="硬件")
        page = self.traditional(article)
        self.assertEqual((page.title, page.summary), ("訊息安全", "硬體"))

    def test_a_page_that_is_kept_by_hand_is_left_alone(self):
        article = self.article(title="信息")
        self.publish(article)
        Translation.objects.update(enabled=False)
        self.publish(article, title="软件")
        self.assertEqual(self.traditional(article).title, "資訊")
        self.assertEqual(self.state(article), State.BY_HAND)

    def test_drafts_are_not_translated(self):
        article = self.article(live=False)
        with self.captureOnCommitCallbacks(execute=True):
            article.save_revision()
        self.assertFalse(article.has_translation(self.hant))

    def test_an_unpublished_page_goes_in_all_languages(self):
        article = self.article()
        self.publish(article)
        with self.captureOnCommitCallbacks(execute=True):
            article.unpublish()
        self.assertFalse(self.traditional(article).live)

    def test_a_moved_page_moves_in_all_languages(self):
        cases = ArticleIndexPageFactory(title="案例", slug="cases")
        article = self.article(slug="one")
        self.publish(article)
        with self.captureOnCommitCallbacks(execute=True):
            article.move(cases, pos="last-child")
        self.assertEqual(self.traditional(article).url, "/zh-hant/cases/one/")

    def test_a_snippet_follows_when_it_is_saved(self):
        category = ArticleCategoryFactory(name="行业资讯", slug="news")
        with self.captureOnCommitCallbacks(execute=True):
            category.save()
        traditional = ArticleCategory.objects.get(locale=self.hant)
        self.assertEqual((traditional.name, traditional.slug), ("行業資訊", "news"))

    def test_another_variant_changes_what_machines_wrote_only(self):
        article = self.article(title="信息")
        self.publish(article, summary="软件")
        self.correct(article, "信息", "訊息")
        self.rule.translator = Translator.HONG_KONG
        self.rule.save()
        self.publish(article)
        page = self.traditional(article)
        self.assertEqual((page.title, page.summary), ("訊息", "軟件"))

    def test_a_failure_leaves_the_source_published(self):
        article = self.article()
        failing = mock.patch(
            "cms.translation.tasks.update_translation", side_effect=RuntimeError
        )
        with failing:
            self.publish(article, title="信息")
        self.assertTrue(article.live)
        self.assertEqual(self.state(article), State.MISSING)


class AskingTests(FollowingTestCase):
    mode = Mode.ASK

    def update(self, page) -> Outcome:
        with self.captureOnCommitCallbacks(execute=True):
            return update_translation(page, self.hant)

    def test_a_published_change_makes_the_translation_out_of_date(self):
        article = self.article(title="信息")
        self.publish(article)
        self.assertEqual(self.state(article), State.MISSING)
        self.assertEqual(self.update(article), Outcome.PUBLISHED)
        self.assertEqual(self.state(article), State.CURRENT)
        self.assertEqual(self.update(article), Outcome.CURRENT)
        self.publish(article, title="软件")
        self.assertEqual(self.state(article), State.OUTDATED)
        self.assertEqual(self.traditional(article).title, "資訊")

    def test_a_correction_is_brought_to_the_page(self):
        article = self.article(title="信息")
        self.update(article)
        self.correct(article, "信息", "訊息")
        self.assertEqual(self.update(article), Outcome.PUBLISHED)
        self.assertEqual(self.traditional(article).title, "訊息")

    def test_a_snippet_that_has_not_changed_is_not_written(self):
        category = ArticleCategoryFactory(name="行业资讯")
        self.assertEqual(self.update(category), Outcome.PUBLISHED)
        self.assertEqual(self.update(category), Outcome.CURRENT)
        category.name = "行业信息"
        category.save()
        self.assertEqual(self.update(category), Outcome.PUBLISHED)

    def test_translations_wait_as_drafts_where_they_are_to_be_read_first(self):
        self.rule.publishes = False
        self.rule.save()
        article = self.article(title="信息")
        self.assertEqual(update_translation(article, self.hant), Outcome.DRAFT)
        self.assertFalse(self.traditional(article).live)

    def test_a_draft_of_a_published_translation_is_not_shown(self):
        """wagtail-localize wrote the row that readers see, whatever it was asked for."""
        article = self.article(title="信息")
        with self.captureOnCommitCallbacks(execute=True):
            update_translation(article, self.hant)
        self.rule.publishes = False
        self.rule.save()
        self.publish(article, title="软件")
        self.assertEqual(update_translation(article, self.hant), Outcome.DRAFT)
        page = self.traditional(article)
        self.assertEqual((page.title, page.live), ("資訊", True))
        draft = page.get_latest_revision_as_object()
        self.assertEqual(draft.title, "軟體")

    def test_a_long_text_that_does_not_fit_is_not_published(self):
        article = self.article(title="信息")
        with mock.patch(
            "cms.translation.translators.opencc.convert", return_value="長" * 300
        ):
            self.assertNotEqual(
                update_translation(article, self.hant), Outcome.PUBLISHED
            )
        self.assertFalse(self.traditional(article).live)


class PeopleTests(FollowingTestCase):
    translator = Translator.PEOPLE

    def test_people_translate_a_draft_and_figures_are_filled_in(self):
        article = self.article(title="信息", slug="one")
        self.publish(article, body=BODY)
        self.assertFalse(self.traditional(article).live)
        self.assertEqual(self.state(article), State.INCOMPLETE)
        po = record_of(article, self.hant).export_po()
        filled = {entry.msgid for entry in po if entry.msgstr}
        self.assertEqual(filled, {"one", "98.6", "%"})

    def translate_by_po_file(self, article) -> Outcome:
        record = record_of(article, self.hant)
        po = record.export_po()
        for entry in po:
            entry.msgstr = entry.msgstr or "Information"
        record.import_po(po)
        with self.captureOnCommitCallbacks(execute=True):
            return update_translation(article, self.hant)

    def test_a_complete_po_file_makes_a_page_that_can_be_published(self):
        article = self.article(title="信息", slug="one")
        self.publish(article)
        self.assertEqual(self.translate_by_po_file(article), Outcome.PUBLISHED)

    def test_readers_keep_the_old_page_while_texts_are_missing(self):
        article = self.article(title="信息", slug="one")
        self.publish(article)
        self.translate_by_po_file(article)
        self.publish(article, title="软件")
        page = self.traditional(article)
        self.assertEqual((page.title, page.live), ("Information", True))
        self.assertEqual(self.state(article), State.INCOMPLETE)
