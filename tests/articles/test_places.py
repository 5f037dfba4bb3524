"""Where an article is shown: everywhere, in provinces, in cities, or everywhere but in some. It has one address."""

from datetime import datetime, timedelta
from xml.etree import ElementTree

from bs4 import BeautifulSoup
from django.test import TestCase
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisTestCase
from wagtail.models import Locale

from articles.models import ArticlePage
from cms.cities.models import City
from tests.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    CityFactory,
    home_page,
)

NOON = timezone.make_aware(datetime(2026, 6, 1, 12))


class Places:
    """Two provinces with two cities each."""

    def __init__(self):
        def province(name: str) -> City:
            return CityFactory(level=City.Level.PROVINCE, short_name=name, slug=name)

        self.sichuan, self.hubei = province("sichuan"), province("hubei")
        self.chengdu, self.mianyang = (
            CityFactory(slug=slug, parent=self.sichuan)
            for slug in ("chengdu", "mianyang")
        )
        self.wuhan, self.yichang = (
            CityFactory(slug=slug, parent=self.hubei) for slug in ("wuhan", "yichang")
        )

    @property
    def cities(self) -> list[City]:
        return [self.chengdu, self.mianyang, self.wuhan, self.yichang]


class ArticlePlacesTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.index = ArticleIndexPageFactory(slug="news")
        cls.places = Places()

    def article(self, *cities: City, excluded=(), days_ago=0, **fields) -> ArticlePage:
        article = ArticlePageFactory(
            parent=self.index, published_at=NOON - timedelta(days=days_ago), **fields
        )
        article.cities = cities
        article.excluded_cities = excluded
        article.save()
        return article

    def seen_in(self, city: City) -> list[ArticlePage]:
        articles = ArticlePage.objects.listed(locale=Locale.get_default())
        return list(articles.for_city(city))

    def shown_where(self, article: ArticlePage) -> list[str]:
        return [
            city.slug for city in self.places.cities if article in self.seen_in(city)
        ]

    def test_a_national_article_is_shown_everywhere(self):
        everywhere = ["chengdu", "mianyang", "wuhan", "yichang"]
        self.assertEqual(self.shown_where(self.article()), everywhere)

    def test_an_article_for_a_province_is_shown_in_its_cities(self):
        article = self.article(self.places.sichuan)
        self.assertEqual(self.shown_where(article), ["chengdu", "mianyang"])

    def test_an_article_for_cities_is_shown_in_these(self):
        article = self.article(self.places.mianyang, self.places.wuhan)
        self.assertEqual(self.shown_where(article), ["mianyang", "wuhan"])

    def test_an_article_for_all_except_some_is_shown_in_the_others(self):
        article = self.article(excluded=[self.places.hubei, self.places.mianyang])
        self.assertEqual(self.shown_where(article), ["chengdu"])

    def test_a_city_may_be_excepted_from_its_province(self):
        article = self.article(self.places.sichuan, excluded=[self.places.chengdu])
        self.assertEqual(self.shown_where(article), ["mianyang"])

    def test_a_citys_list_ranks_its_own_first_then_the_provinces_then_the_nations(self):
        national = self.article(days_ago=0)
        regional = self.article(self.places.sichuan, days_ago=1)
        older = self.article(self.places.chengdu, days_ago=3)
        newer = self.article(self.places.chengdu, days_ago=2)
        self.assertEqual(
            self.seen_in(self.places.chengdu), [newer, older, regional, national]
        )

    def test_the_list_of_a_city_is_found_by_its_slug_and_kept_from_search_engines(self):
        national = self.article(title="全国的")
        local = self.article(self.places.chengdu, title="本地的", days_ago=9)
        page = self.read("/news/?city=chengdu")
        titles = [link.get_text() for link in page.select(".card__link")]
        self.assertEqual(titles, [local.title, national.title])
        robots = page.find("meta", attrs={"name": "robots"})
        self.assertEqual(robots["content"], "noindex,follow")

    def test_the_list_of_a_city_that_does_not_exist_is_not_found(self):
        for slug in ("atlantis", "%00", "成都", "a b"):
            with self.subTest(slug):
                url = f"/news/?city={slug}"
                self.assertEqual(self.client.get(url).status_code, 404)

    def test_an_article_has_one_address_whichever_city_shows_it(self):
        article = self.article(self.places.chengdu, self.places.wuhan)
        for slug in ("chengdu", "wuhan"):
            links = self.read(f"/news/?city={slug}").select(".card__link")
            self.assertEqual([link["href"] for link in links], [article.url])
        canonical = self.read(article.url).find("link", rel="canonical")
        self.assertEqual(canonical["href"], article.full_url)

    def read(self, url: str) -> BeautifulSoup:
        response = self.client.get(url)
        self.assertEqual(response.status_code, 200)
        return BeautifulSoup(response.content, "html.parser")


class ArticleFeedTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.index = ArticleIndexPageFactory(slug="news")
        cls.chengdu = CityFactory(short_name="成都", slug="chengdu")
        cls.national = ArticlePageFactory(
            parent=cls.index, title="全国{城市}", published_at=NOON
        )
        cls.local = ArticlePageFactory(
            parent=cls.index, title="本地", published_at=NOON - timedelta(days=9)
        )
        cls.local.cities = [cls.chengdu]
        cls.local.save()

    def titles(self, url: str) -> list[str]:
        response = self.client.get(url)
        self.assertEqual(response.status_code, 200)
        self.assertIn("application/rss+xml", response.headers["Content-Type"])
        self.assertEqual(response.headers["Cache-Control"], "public, max-age=60")
        feed = ElementTree.fromstring(response.content)
        return [title.text for title in feed.findall("channel/item/title")]

    def test_the_feed_of_all_articles_has_the_newest_first(self):
        self.assertEqual(self.titles("/feeds/articles/"), ["全国全国", "本地"])

    def test_a_citys_feed_ranks_its_own_first(self):
        self.assertEqual(self.titles("/feeds/articles/chengdu/"), ["本地", "全国全国"])

    def test_the_feed_describes_itself_as_the_home_page_does(self):
        home = home_page()
        home.search_description = "{city}服务"
        home.save()
        feed = ElementTree.fromstring(self.client.get("/feeds/articles/").content)
        self.assertEqual(feed.findtext("channel/description"), "全国服务")

    def test_the_feed_of_a_city_that_does_not_exist_is_not_found(self):
        self.assertEqual(self.client.get("/feeds/articles/atlantis/").status_code, 404)

    def test_a_language_without_pages_has_no_feed(self):
        self.assertEqual(self.client.get("/en/feeds/articles/").status_code, 404)

    def test_entries_lead_to_the_articles_own_address(self):
        answer = self.client.get("/feeds/articles/chengdu/")
        feed = ElementTree.fromstring(answer.content)
        self.assertEqual(feed.findtext("channel/item/link"), self.local.full_url)

    def test_a_feed_takes_few_queries_however_long_it_is(self):
        self.client.get("/feeds/articles/chengdu/")
        ArticlePageFactory.create_batch(5, parent=self.index)
        # Site, locale, language of the home page, city, settings, home page as what it is, articles with category.
        with self.assertNumQueries(7):
            self.client.get("/feeds/articles/chengdu/")


class AnyChoiceOfPlacesTests(HypothesisTestCase):
    @classmethod
    def setUpTestData(cls):
        cls.places = Places()
        cls.article = ArticlePageFactory(parent=ArticleIndexPageFactory())

    @given(data=st.data())
    def test_what_a_city_is_shown_follows_the_rule(self, data):
        places = self.places
        every = [*places.cities, places.sichuan, places.hubei]
        choice = st.lists(st.sampled_from(every), unique=True, max_size=3)
        chosen, excluded = data.draw(choice), data.draw(choice)
        article = ArticlePage.objects.get(pk=self.article.pk)
        article.cities, article.excluded_cities = chosen, excluded
        article.save()
        for city in places.cities:
            lineage = {city, city.parent}
            reached = not chosen or bool(lineage & set(chosen))
            expected = reached and not lineage & set(excluded)
            self.assertEqual(ArticlePage.objects.for_city(city).exists(), expected)
