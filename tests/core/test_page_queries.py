"""How many questions each page asks the database, once its renditions and URLs are known.

A number that grows with the length of a list is a mistake; a number that grows with what a page shows is written down.
"""

from django.test import TestCase
from wagtail.models import Locale

from cms.cities.models import City
from home.models import ProvinceContent
from tests.factories import (
    ArticlePageFactory,
    CertificationProjectFactory,
    CityFactory,
    CityPageFactory,
    ImageFactory,
)
from tests.pages import build_site

ROUTE_TO_HOME = 3  # site, language, home page
ROUTE_BELOW_HOME = (
    ROUTE_TO_HOME + 2
)  # the page at the path with those above, as what it is
LANGUAGE_VERSIONS = 1
CHROME = 6  # settings, announcement, city list, menus, the pages they lead to, social accounts
QUICK_FORM = 2  # the form, certification projects
EVERYWHERE = LANGUAGE_VERSIONS + CHROME + QUICK_FORM
ARTICLES = 3  # articles with category and cover, their renditions, their cities
BODY = 2 + ARTICLES  # images of image blocks, images of galleries, the article list


class PageQueryTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.pages = build_site()
        for page in cls.pages.values():
            cls.client_class().get(page.url)

    def assert_queries(self, name: str, number: int) -> None:
        url = self.pages[name].url
        self.client.get(url)
        with self.assertNumQueries(number):
            self.client.get(url)

    def test_home_page(self):
        own = 3  # pages above, restrictions, hot cities
        self.assert_queries("home", ROUTE_TO_HOME + EVERYWHERE + BODY + own)

    def test_form(self):
        self.assert_queries("form", ROUTE_BELOW_HOME + EVERYWHERE)

    def test_article_list(self):
        own = 3 + ARTICLES  # categories, number of articles, keys of those on the page
        self.assert_queries("articles", ROUTE_BELOW_HOME + EVERYWHERE + own)

    def test_article_list_does_not_grow_with_its_articles(self):
        for _number in range(5):
            ArticlePageFactory(parent=self.pages["articles"])
        self.test_article_list()

    def test_article(self):
        own = 3  # cities, tags, related articles
        self.assert_queries("article", ROUTE_BELOW_HOME + EVERYWHERE + BODY + own)

    def test_city_list(self):
        own = 2  # city pages, register
        self.assert_queries("cities", ROUTE_BELOW_HOME + EVERYWHERE + BODY + own)

    def test_city_list_does_not_grow_with_its_cities(self):
        for _number in range(5):
            CityPageFactory(parent=self.pages["cities"], city=CityFactory(is_hot=True))
        self.test_city_list()

    def test_city_page(self):
        """At most 25 queries, for a page with every block and everything that a city can have and inherit."""
        make_province(self.pages["city"].city)
        own = 2  # the province's text, projects that the city or its province names
        team = 1  # photos
        total = ROUTE_BELOW_HOME + EVERYWHERE + BODY + ARTICLES + own + team
        self.assert_queries("city", total)
        self.assertLessEqual(total, 25)

    def test_city_page_does_not_grow_with_cities_and_articles(self):
        for _number in range(5):
            CityPageFactory(parent=self.pages["cities"], city=CityFactory())
            ArticlePageFactory(
                parent=self.pages["articles"], cover_image=ImageFactory()
            )
        self.test_city_page()


def make_province(city: City) -> None:
    """Gives the city a province, with texts, people with photos, and projects to choose from."""
    city.parent = CityFactory(level=City.Level.PROVINCE)
    city.team = [
        {"type": "person", "value": {"name": name, "photo": ImageFactory().pk}}
        for name in ("周敏", "罗军")
    ]
    city.save()
    city.projects.set(CertificationProjectFactory.create_batch(3))
    locale = Locale.get_default()
    ProvinceContent.objects.create(province=city.parent, locale=locale, intro="川内")
