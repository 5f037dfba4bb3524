from datetime import UTC, datetime, timedelta

from django.utils import timezone

from cms.cities.models import City
from tests.api.base import DeliveryAPITestCase
from tests.factories import (
    ArticleCategoryFactory,
    ArticleIndexPageFactory,
    ArticlePageFactory,
    CityFactory,
    ImageFactory,
)


class ArticleListTests(DeliveryAPITestCase):
    @classmethod
    def setUpTestData(cls):
        cls.index = ArticleIndexPageFactory()
        cls.news = ArticleCategoryFactory(slug="news")
        cls.chengdu = CityFactory(slug="chengdu")
        noon = datetime(2026, 6, 1, 12, tzinfo=UTC)
        cls.old, cls.middle, cls.new = (
            ArticlePageFactory(
                parent=cls.index, published_at=noon + timedelta(days=day)
            )
            for day in range(3)
        )

    def test_newest_first(self):
        self.assertEqual(
            self.listed("articles/"), [self.new.pk, self.middle.pk, self.old.pk]
        )

    def test_oldest_first_when_asked(self):
        self.assertEqual(
            self.listed("articles/", order="published_at"),
            [self.old.pk, self.middle.pk, self.new.pk],
        )

    def test_last_changed_first_counts_what_was_never_changed_as_published(self):
        self.old.content_updated_at = self.new.published_at + timedelta(days=1)
        self.old.save()
        self.assertEqual(
            self.listed("articles/", order="-updated_at"),
            [self.old.pk, self.new.pk, self.middle.pk],
        )

    def test_by_category(self):
        self.middle.category = self.news
        self.middle.save()
        self.assertEqual(self.listed("articles/", category="news"), [self.middle.pk])
        self.assertEqual(self.listed("articles/", category="none"), [])

    def test_by_tag(self):
        self.old.tags.add("质量管理")
        self.old.save()
        self.assertEqual(self.listed("articles/", tag="质量管理"), [self.old.pk])

    def test_by_city_its_own_come_first_then_those_of_its_province_and_the_nation(self):
        sichuan = CityFactory(level=City.Level.PROVINCE, slug="sichuan")
        self.chengdu.parent = sichuan
        self.chengdu.save()
        for article, place in ((self.old, self.chengdu), (self.middle, sichuan)):
            article.cities = [place]
            article.save()
        elsewhere = ArticlePageFactory(parent=self.index)
        elsewhere.cities = [CityFactory()]
        elsewhere.save()
        self.assertEqual(
            self.listed("articles/", city="chengdu"),
            [self.old.pk, self.middle.pk, self.new.pk],
        )

    def test_by_city_in_the_order_that_is_asked_for(self):
        self.old.cities = [self.chengdu]
        self.old.save()
        self.assertEqual(
            self.listed("articles/", city="chengdu", order="-published_at"),
            [self.new.pk, self.middle.pk, self.old.pk],
        )

    def test_a_city_that_does_not_exist_is_a_mistake(self):
        answer = self.ask("articles/", city="atlantis")
        self.assert_problem_response(answer, status_code=422, parameter="city")

    def test_by_time_from_one_moment_until_before_another(self):
        found = self.listed(
            "articles/",
            published_after=self.middle.published_at.isoformat(),
            published_before=self.new.published_at.isoformat(),
        )
        self.assertEqual(found, [self.middle.pk])

    def test_a_date_begins_in_the_sites_time_zone(self):
        """Shanghai is eight hours ahead: 22 o'clock there in the evening of June 2 is still June 2."""
        self.middle.published_at = datetime(
            2026, 6, 2, 22, tzinfo=timezone.get_default_timezone()
        )
        self.middle.save()
        found = self.listed(
            "articles/", published_after="2026-06-02", published_before="2026-06-03"
        )
        self.assertEqual(found, [self.middle.pk])

    def test_in_portions(self):
        answer = self.read("articles/", limit=1, offset=1)
        self.assertEqual(answer["count"], 3)
        self.assertEqual([item["id"] for item in answer["items"]], [self.middle.pk])
        self.assertEqual(self.listed("articles/", offset=3), [])

    def test_twenty_by_default(self):
        ArticlePageFactory.create_batch(20, parent=self.index)
        answer = self.read("articles/")
        self.assertEqual((answer["count"], len(answer["items"])), (23, 20))

    def test_a_list_shows_what_a_list_needs(self):
        self.assertEqual(
            self.read("articles/", limit=1)["items"][0],
            {
                "id": self.new.pk,
                "kicker": "",
                "title": self.new.title,
                "subtitle": "",
                "path": self.new.url,
                "published_at": "2026-06-03T20:00:00+08:00",
                "updated_at": "2026-06-03T20:00:00+08:00",
                "views": 0,
                "summary": "",
                "cover_image": None,
                "category": None,
                "cities": [],
            },
        )


class ArticleDetailTests(DeliveryAPITestCase):
    @classmethod
    def setUpTestData(cls):
        cls.index = ArticleIndexPageFactory(title="资讯", slug="news")
        cls.article = ArticlePageFactory(
            parent=cls.index,
            title="获评国家级知识产权服务机构",
            slug="article",
            kicker="喜报",
            source_name="华亿认证中心",
            source_url="https://example.com/",
            published_at=datetime(2026, 6, 1, tzinfo=timezone.get_default_timezone()),
            initial_views=18918,
            category=ArticleCategoryFactory(slug="news", name="行业资讯"),
            cover_image=ImageFactory(description="颁奖"),
        )
        cls.article.cities = [CityFactory(slug="chengdu", name="成都市")]
        cls.article.tags.add("喜报")
        cls.article.save()

    def setUp(self):
        super().setUp()
        self.answer = self.read(f"articles/{self.article.pk}/")

    def test_an_article_brings_what_its_page_shows(self):
        expected = {
            "type": "articles.ArticlePage",
            "kicker": "喜报",
            "source": {"name": "华亿认证中心", "url": "https://example.com/"},
            "published_at": "2026-06-01T00:00:00+08:00",
            "updated_at": "2026-06-01T00:00:00+08:00",
            "views": 18918,
            "category": {"slug": "news", "name": "行业资讯"},
            "cities": [{"slug": "chengdu", "level": "city", "name": "成都市"}],
            "excluded_cities": [],
            "tags": ["喜报"],
            "path": "/news/article/",
        }
        self.assertEqual({**self.answer, **expected}, self.answer)
        self.assertEqual(self.answer["cover_image"]["alt"], "颁奖")

    def test_the_way_from_the_home_page_is_told(self):
        trail = [(page["title"], page["path"]) for page in self.answer["breadcrumbs"]]
        self.assertEqual(trail, [("首页", "/"), ("资讯", "/news/")])

    def test_search_engines_get_the_title_when_there_is_no_other(self):
        seo = self.answer["seo"]
        self.assertEqual(seo["title"], self.article.title)
        self.assertEqual(seo["canonical"], "http://localhost/news/article/")

    def test_an_article_without_a_source_has_none(self):
        plain = ArticlePageFactory(parent=self.index)
        self.assertIsNone(self.read(f"articles/{plain.pk}/")["source"])

    def test_by_id_by_type_and_by_path_are_one_answer(self):
        self.assertEqual(self.read(f"pages/{self.article.pk}/"), self.answer)
        by_path = self.read("pages/by-path/", path="/news/article/")
        self.assertEqual(by_path, self.answer)
