"""`manage.py add_language`: what Settings → Locales → Add does, in one line."""

from io import StringIO

from django.core.management import CommandError, call_command
from django.test import TestCase
from wagtail.models import Locale, Page

from cms.translation.models import LanguageRule, Mode, Translator
from tests.factories import ArticleIndexPageFactory, ArticlePageFactory, home_page
from tests.translation.languages import language, translation_of

TAIWAN = ["zh-hant", "--translator=opencc-tw", "--mode=automatic", "--publish"]


def add_language(*arguments):
    output = StringIO()
    call_command("add_language", *arguments, stdout=output)
    return output.getvalue()


class AddLanguageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.index = ArticleIndexPageFactory(title="资讯", slug="news")

    def rule(self, code="zh-hant"):
        return LanguageRule.objects.get(locale__language_code=code)

    def test_a_language_comes_with_its_rule(self):
        output = add_language(*TAIWAN)
        rule = self.rule()
        self.assertEqual(rule.source, home_page().locale)
        self.assertEqual(rule.translator, Translator.TAIWAN)
        self.assertEqual(rule.mode, Mode.AUTOMATIC)
        self.assertTrue(rule.publishes)
        self.assertIn("zh-hant", output)

    def test_without_options_people_translate_drafts_when_asked(self):
        add_language("en")
        rule = self.rule("en")
        self.assertEqual(rule.translator, Translator.PEOPLE)
        self.assertEqual(rule.mode, Mode.MANUAL)
        self.assertFalse(rule.publishes)

    def test_it_is_translated_from_any_language(self):
        english = language("en")
        add_language("zh-hant", "--source=en")
        self.assertEqual(self.rule().source, english)

    def test_what_is_published_next_follows(self):
        add_language(*TAIWAN)
        article = ArticlePageFactory(parent=self.index, title="软件")
        with self.captureOnCommitCallbacks(execute=True):
            article.save_revision().publish()
        page = translation_of(article, Locale.objects.get(language_code="zh-hant"))
        self.assertEqual((page.title, page.live), ("軟體", True))

    def test_everything_is_translated_at_once_if_wished(self):
        ArticlePageFactory(parent=self.index)
        output = add_language(*TAIWAN, "--translate")
        pages = Page.objects.filter(locale__language_code="zh-hant")
        self.assertEqual(pages.live().count(), 3)
        self.assertIn("3", output)

    def test_without_the_wish_nothing_is(self):
        add_language(*TAIWAN)
        pages = Page.objects.filter(locale__language_code="zh-hant")
        self.assertFalse(pages.exists())


class RefusalTests(TestCase):
    def assert_refused(self, message, *arguments):
        with self.assertRaisesMessage(CommandError, message):
            add_language(*arguments)

    def test_a_language_that_is_there_keeps_its_rule(self):
        rule = LanguageRule.objects.create(
            locale=language("en"), source=home_page().locale, mode=Mode.ASK
        )
        self.assert_refused("en is a language of this site already", "en")
        rule.refresh_from_db()
        self.assertEqual(rule.mode, Mode.ASK)

    def test_an_unknown_source_is_named_with_the_known_ones(self):
        self.assert_refused("no language fr, only zh-hans", "en", "--source=fr")
        self.assertFalse(Locale.objects.filter(language_code="en").exists())

    def test_a_language_is_not_translated_from_itself(self):
        self.assert_refused("no language en", "en", "--source=en")

    def test_a_language_that_the_settings_do_not_know_is_refused(self):
        self.assert_refused("invalid choice: 'fr'", "fr")
