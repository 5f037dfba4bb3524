from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.test import TestCase
from django.utils import timezone
from wagtail.models import Locale, Page, PageViewRestriction

from articles.models import ArticlePage
from home.models import HomePage
from tests.factories import (
    ArticleCategoryFactory,
    ArticleIndexPageFactory,
    ArticlePageFactory,
    CityFactory,
)

NOON = timezone.make_aware(datetime(2026, 6, 1, 12))


class ArticleListingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.index = ArticleIndexPageFactory()

    def article(self, **fields) -> ArticlePage:
        return ArticlePageFactory(parent=self.index, **fields)

    def listed(self, **filters):
        return list(ArticlePage.objects.listed(locale=Locale.get_default(), **filters))

    def test_the_newest_comes_first(self):
        old = self.article(published_at=NOON - timedelta(days=1))
        new = self.article(published_at=NOON)
        self.assertEqual(self.listed(), [new, old])

    def test_drafts_are_not_listed(self):
        self.article(live=False)
        self.assertEqual(self.listed(), [])

    def test_unpublishing_removes_an_article_from_the_listing(self):
        article = self.article()
        article.unpublish()
        self.assertEqual(self.listed(), [])

    def test_restricted_articles_are_not_listed(self):
        PageViewRestriction.objects.create(
            page=self.article(), restriction_type=PageViewRestriction.LOGIN
        )
        self.assertEqual(self.listed(), [])

    def test_a_category_narrows_the_listing(self):
        category = ArticleCategoryFactory()
        inside = self.article(category=category)
        self.article(category=ArticleCategoryFactory())
        self.assertEqual(self.listed(category=category), [inside])

    def test_a_city_sees_its_own_articles_then_the_national_ones(self):
        chengdu, chongqing = CityFactory(), CityFactory()
        national = self.article(published_at=NOON)
        local = self.article(published_at=NOON - timedelta(days=30))
        local.cities.add(chengdu)
        local.save()
        elsewhere = self.article(published_at=NOON)
        elsewhere.cities.add(chongqing)
        elsewhere.save()
        seen = ArticlePage.objects.listed(locale=Locale.get_default()).for_city(chengdu)
        self.assertEqual(list(seen), [local, national])


class ArticleTimesTests(TestCase):
    def test_the_time_of_update_is_that_of_publication_until_the_text_changes(self):
        article = ArticlePage(published_at=NOON)
        self.assertEqual(article.updated_at, NOON)
        article.content_updated_at = NOON + timedelta(hours=1)
        self.assertEqual(article.updated_at, article.content_updated_at)

    def test_an_update_before_publication_is_refused(self):
        article = ArticlePage(
            published_at=NOON, content_updated_at=NOON - timedelta(hours=1)
        )
        with self.assertRaises(ValidationError) as refused:
            article.clean()
        self.assertIn("content_updated_at", refused.exception.message_dict)


class ArticleSiteTests(TestCase):
    def test_a_page_lists_the_articles_of_its_own_site(self):
        own = ArticlePageFactory()
        other_home = Page.get_first_root_node().add_child(
            instance=HomePage(title="另一个站点", slug="other")
        )
        ArticlePageFactory(parent=ArticleIndexPageFactory(parent=other_home))
        home = HomePage.objects.get(slug="home")
        self.assertEqual(list(ArticlePage.objects.on_site_of(home)), [own])
