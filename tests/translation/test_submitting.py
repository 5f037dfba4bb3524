"""What an editor's [Translate this page] does, and what it never does."""

from django.test import TestCase
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page
from wagtail_localize.models import LocaleSynchronization, Translation

from articles.models import ArticleCategory
from tests.factories import (
    ArticleCategoryFactory,
    ArticleIndexPageFactory,
    ArticlePageFactory,
    UserFactory,
    home_page,
)
from tests.translation.languages import language, record_of, submit, translation_of


class SubmittingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.english = language("en")
        cls.index = ArticleIndexPageFactory(title="资讯", slug="news")
        cls.article = ArticlePageFactory(
            parent=cls.index, title="好消息", slug="good-news"
        )
        cls.administrator = UserFactory(is_superuser=True)

    def setUp(self):
        self.client.force_login(self.administrator)

    def submit(self, page, **options):
        with self.captureOnCommitCallbacks(execute=True):
            response = submit(self.client, page, self.english, **options)
        self.assertEqual(response.status_code, 302)

    def published(self):
        return set(Page.objects.filter(locale=self.english).live())

    def test_a_submitted_page_is_a_draft(self):
        self.submit(self.article)
        self.assertFalse(translation_of(self.article, self.english).live)

    def test_pages_above_become_drafts_of_translations_and_no_aliases(self):
        """wagtail-localize copied the home page and the list as published aliases, in Chinese below /en/."""
        self.submit(self.article)
        self.assertEqual(self.published(), set())
        for page in (home_page(), self.index):
            self.assertIsNone(translation_of(page, self.english).alias_of_id)
            self.assertTrue(record_of(page, self.english).enabled)
        self.client.logout()
        self.assertEqual(self.client.get("/en/").status_code, 404)

    def test_a_submitted_tree_is_all_drafts(self):
        self.submit(home_page(), subtree=True)
        self.assertEqual(self.published(), set())
        self.assertEqual(Page.objects.filter(locale=self.english).count(), 3)

    def test_what_a_page_refers_to_is_not_published_untranslated(self):
        """A category cannot be a draft: the Chinese one stood in the English list."""
        self.article.category = ArticleCategoryFactory(name="行业资讯")
        self.article.save()
        self.submit(self.article)
        self.assertFalse(ArticleCategory.objects.filter(locale=self.english).exists())
        category = translation_of(self.article, self.english).category
        self.assertEqual(category, self.article.category)

    def test_a_category_is_translated_for_its_own_sake(self):
        category = ArticleCategoryFactory(name="行业资讯", slug="industry")
        url = reverse(
            "wagtail_localize:submit_snippet_translation",
            args=["articles", "articlecategory", category.pk],
        )
        response = self.client.post(url, {"locales": [self.english.pk]})
        self.assertEqual(response.status_code, 302)
        self.assertTrue(category.get_translation(self.english))


class SynchronisedLanguageTests(TestCase):
    """“Synchronise content from another locale” copies every page as an alias, as live as its source."""

    @classmethod
    def setUpTestData(cls):
        cls.article = ArticlePageFactory()
        cls.english = language("en")
        LocaleSynchronization.objects.create(
            locale=cls.english, sync_from=Locale.get_default()
        )

    def test_copies_are_not_published(self):
        pages = Page.objects.filter(locale=self.english)
        self.assertEqual(pages.count(), 3)
        self.assertFalse(pages.live().exists())

    def test_copies_stay_unpublished_when_their_source_is_published(self):
        with self.captureOnCommitCallbacks(execute=True):
            self.article.save_revision().publish()
        self.assertFalse(Page.objects.filter(locale=self.english).live().exists())

    def test_aliases_in_one_language_are_published(self):
        alias = self.article.create_alias(update_slug="alias")
        self.assertTrue(Page.objects.get(pk=alias.pk).live)

    def test_a_copy_becomes_a_translation_when_it_is_submitted(self):
        administrator = UserFactory(is_superuser=True)
        self.client.force_login(administrator)
        submit(self.client, self.article, self.english)
        page = translation_of(self.article, self.english)
        self.assertIsNone(page.alias_of_id)
        self.assertFalse(page.live)


class SlugTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.index = ArticleIndexPageFactory(title="资讯", slug="news")
        cls.administrator = UserFactory(is_superuser=True)

    def setUp(self):
        self.client.force_login(self.administrator)

    def translated(self, code="en", **fields):
        article = ArticlePageFactory(parent=self.index, **fields)
        with self.captureOnCommitCallbacks(execute=True):
            submit(self.client, article, language(code))
        return translation_of(article, language(code))

    def publish(self, page, **texts):
        """Translate some texts by hand, and press [Publish]."""
        translation = Translation.objects.get(
            source__object_id=page.translation_key, target_locale=page.locale
        )
        segments = translation.source.stringsegment_set.select_related("context")
        for segment in segments.filter(context__path__in=texts):
            segment.string.translations.update_or_create(
                locale=page.locale,
                context=segment.context,
                defaults={
                    "data": texts[segment.context.path],
                    "translation_type": "manual",
                },
            )
        with self.captureOnCommitCallbacks(execute=True):
            translation.save_target(publish=True)
        return type(page).objects.get(pk=page.pk)

    def test_an_ascii_slug_is_kept(self):
        self.assertEqual(self.translated(slug="good-news").slug, "good-news")

    def test_a_chinese_slug_is_written_in_letters(self):
        """It became what was left of it without Chinese: `iso9001`, or nothing."""
        page = self.translated(slug="iso9001认证价格指南", title="指南")
        self.assertEqual(page.slug, "iso9001-ren-zheng-jia-ge-zhi-nan")

    def test_two_sources_never_share_a_slug(self):
        first = self.translated(slug="认证", title="甲")
        second = self.translated(slug="任证", title="乙")
        self.assertEqual((first.slug, second.slug), ("ren-zheng", "ren-zheng-1"))

    def test_long_slugs_end_at_a_syllable(self):
        slug = self.translated(slug="质量管理体系认证" * 6).slug
        self.assertLessEqual(len(slug), 80)
        self.assertTrue(slug.isascii())
        self.assertFalse(slug.endswith("-"))

    def test_a_translated_title_makes_a_better_slug_before_publication(self):
        page = self.translated(slug="认证价格", title="认证价格")
        page = self.publish(page, title="What a certificate costs")
        self.assertEqual(page.slug, "what-a-certificate-costs")

    def test_a_published_slug_stays(self):
        page = self.translated(slug="认证价格", title="认证价格")
        page = self.publish(page, title="What a certificate costs")
        page = self.publish(page, title="Another title")
        self.assertEqual(page.slug, "what-a-certificate-costs")

    def test_a_slug_that_a_person_has_written_is_used(self):
        page = self.translated(slug="认证价格")
        self.assertEqual(self.publish(page, slug="prices").slug, "prices")

    def test_home_pages_keep_slugs_apart(self):
        with self.captureOnCommitCallbacks(execute=True):
            submit(self.client, home_page(), language("en"), language("zh-hant"))
        slugs = Page.objects.filter(depth=2).values_list("slug", flat=True)
        self.assertEqual(set(slugs), {"home", "home-en", "home-zh-hant"})

    def test_the_sources_address_keeps_leading_to_the_source(self):
        """A redirect from the live Chinese address to the English page was made by itself."""
        page = self.translated(slug="认证价格", title="认证价格")
        self.publish(page)
        self.assertEqual(list(Redirect.objects.all()), [])
        source = page.get_translations().get(locale=Locale.get_default())
        response = self.client.get(source.url)
        self.assertContains(response, "认证价格")
