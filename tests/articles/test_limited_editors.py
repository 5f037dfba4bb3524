"""An editor of 成都 writes articles for 成都: not national ones, and none that another city shows too."""

from django.contrib.auth.models import Group
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import nested_form_data, streamfield

from articles.models import ArticlePage
from tests.editors import build_register, create_editor
from tests.factories import ArticleIndexPageFactory, ArticlePageFactory, home_page


def article_form(*cities, **fields) -> dict:
    texts = ("kicker", "subtitle", "source_name", "source_url", "author", "summary")
    texts += ("seo_title", "search_description", "listing_summary", "social_image")
    texts += ("cover_image", "category", "tags", "content_updated_at")
    return {
        **dict.fromkeys(texts, ""),
        "title": "标题",
        "slug": "title",
        "initial_views": 0,
        "published_at": "2026-11-20 08:00",
        "cities": [city.pk for city in cities],
        **nested_form_data(
            {
                "body": streamfield([]),
                "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
            }
        ),
        **fields,
    }


class LimitedEditorTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        places = build_register()
        cls.sichuan, cls.chengdu, cls.mianyang, cls.chongqing = (
            places[name] for name in ("sichuan", "chengdu", "mianyang", "chongqing")
        )
        cls.news = ArticleIndexPageFactory(slug="news")
        cls.editor = create_editor(cls.chengdu)
        cls.editor_of_province = create_editor(cls.sichuan)

    def setUp(self):
        self.client.force_login(self.editor)

    def article(self, *cities) -> ArticlePage:
        article = ArticlePageFactory(parent=self.news)
        article.cities.set(cities)
        article.save()
        return article

    def path(self, name: str, *args) -> str:
        return reverse(f"wagtailadmin_pages:{name}", args=args)

    def may_edit(self, article: ArticlePage) -> bool:
        path = self.path("edit", article.pk)
        answers = {
            self.client.get(path).status_code,
            self.client.post(path, article_form(title="")).status_code,
        }
        self.assertEqual(len(answers), 1)
        return answers == {200}

    def create(self, *cities, **fields):
        path = self.path("add", "articles", "articlepage", self.news.pk)
        return self.client.post(path, article_form(*cities, **fields))

    def test_an_article_for_the_city_is_own(self):
        self.assertTrue(self.may_edit(self.article(self.chengdu)))

    def test_articles_for_others_for_more_and_for_all_are_not(self):
        for cities in (
            [self.chongqing],
            [self.chengdu, self.chongqing],
            [self.chengdu, self.sichuan],
            [self.sichuan],
            [],
        ):
            with self.subTest(cities=cities):
                self.assertFalse(self.may_edit(self.article(*cities)))

    def test_articles_for_the_province_or_some_of_its_cities_are_the_provinces(self):
        self.client.force_login(self.editor_of_province)
        for cities in (
            [self.sichuan],
            [self.mianyang],
            [self.chengdu, self.mianyang],
        ):
            with self.subTest(cities=cities):
                self.assertTrue(self.may_edit(self.article(*cities)))
        self.assertFalse(self.may_edit(self.article(self.mianyang, self.chongqing)))

    def test_an_article_whose_draft_is_for_another_city_is_not_own(self):
        for cities in ([self.chongqing], [self.chengdu, self.chongqing], []):
            with self.subTest(cities=cities):
                article = self.article(self.chengdu)
                article.cities.set(cities)
                article.save_revision()
                self.assertFalse(self.may_edit(article))

    def test_a_live_article_for_another_city_is_not_own_through_its_draft(self):
        article = self.article(self.chongqing)
        article.cities.set([self.chengdu])
        article.save_revision()
        self.assertFalse(self.may_edit(article))

    def test_an_own_article_with_a_draft_is_own(self):
        article = self.article(self.chengdu)
        article.title = "新标题"
        article.save_revision()
        self.assertTrue(self.may_edit(article))

    def test_articles_for_the_city_are_created(self):
        for action in ({}, {"action-publish": "1"}):
            slug = f"a{len(action)}"
            response = self.create(self.chengdu, slug=slug, **action)
            self.assertEqual(response.status_code, 302)
            article = ArticlePage.objects.get(slug=slug)
            self.assertEqual(list(article.cities.all()), [self.chengdu])
            self.assertEqual(article.live, bool(action))
            self.assertTrue(self.may_edit(article))

    def test_articles_for_others_for_more_and_for_all_are_not_created(self):
        for cities in ([self.chongqing], [self.chengdu, self.chongqing], []):
            for action in ({}, {"action-publish": "1"}):
                with self.subTest(cities=cities, action=action):
                    response = self.create(*cities, **action)
                    errors = response.context["form"].errors["cities"]
                    self.assertIn("成都市", errors[0])
        self.assertFalse(ArticlePage.objects.exists())

    def test_an_own_article_does_not_go_to_others(self):
        article = self.article(self.chengdu)
        for cities in ([self.chongqing], [self.chengdu, self.chongqing], []):
            for action in ({}, {"action-publish": "1"}):
                fields = article_form(*cities, **action)
                path = self.path("edit", article.pk)
                response = self.client.post(path, fields)
                self.assertIn("cities", response.context["form"].errors)
        article = ArticlePage.objects.get()
        self.assertEqual(list(article.cities.all()), [self.chengdu])
        self.assertIsNone(article.latest_revision)

    def test_the_form_offers_own_places_only(self):
        path = self.path("add", "articles", "articlepage", self.news.pk)
        for editor, count in ((self.editor, 1), (self.editor_of_province, 3)):
            self.client.force_login(editor)
            field = self.client.get(path).context["form"].fields["cities"]
            self.assertEqual(field.queryset.count(), count)
            # By itself it says that none means the whole country.
            self.assertIn(editor.limits.names[0], field.help_text)

    def test_an_own_article_moves_to_another_list(self):
        article = self.article(self.chengdu)
        other = ArticleIndexPageFactory(parent=home_page(), slug="other")
        self.client.post(self.path("move_confirm", article.pk, other.pk))
        self.assertEqual(ArticlePage.objects.child_of(other).count(), 1)

    def test_owning_an_article_for_another_city_is_no_help(self):
        article = self.article(self.chongqing)
        article.owner = self.editor
        article.save()
        self.assertFalse(self.may_edit(article))

    def test_bulk_actions_take_own_articles_only(self):
        own, foreign, national = (
            self.article(*cities) for cities in ([self.chengdu], [self.chongqing], [])
        )
        path = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
        query = "&".join(f"id={each.pk}" for each in (own, foreign, national))
        self.client.post(f"{path}?{query}")
        self.assertEqual(set(ArticlePage.objects.all()), {foreign, national})

    def test_a_scheduled_version_counts_as_well(self):
        article = self.article(self.chengdu)
        article.cities.set([self.chongqing])
        article.go_live_at = timezone.now() + timezone.timedelta(days=1)
        article.save_revision().publish()
        article.cities.set([self.chengdu])
        article.go_live_at = None
        article.save_revision()
        self.assertFalse(self.may_edit(article))

    def test_limits_give_nothing_that_the_groups_do_not(self):
        Group.objects.all().delete()
        self.assertFalse(self.may_edit(self.article(self.chengdu)))
