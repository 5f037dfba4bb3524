"""How many questions each page asks the database, once its renditions and URLs are known.

A number that grows with the length of a list is a mistake; a number that grows with what a page shows is written down.
"""

from django.test import TestCase

from tests.factories import ArticlePageFactory, CityFactory, CityPageFactory
from tests.pages import build_site

ROUTE_TO_HOME = 3  # site, locale, home page
# The language of the home page, the page of that slug, what it is.
ROUTE_TO_CHILD = ROUTE_TO_HOME + 3
ROUTE_TO_GRANDCHILD = ROUTE_TO_CHILD + 2
MAY_EVERYBODY_SEE_IT = (
    4  # ancestors and view restrictions: for Wagtail, and for the cache policy
)
LANGUAGE_VERSIONS = 1
BREADCRUMBS = 1
# Locale, settings, announcement, home page in this language, city list, menus, two levels of linked pages of either
# menu, social accounts.
CHROME = 11
QUICK_FORM = 5  # page, translation, what it is, locale, certification projects
EVERYWHERE = MAY_EVERYBODY_SEE_IT + LANGUAGE_VERSIONS + CHROME + QUICK_FORM
RESTRICTED_PAGES = 1  # those that no list may show
# The articles; category, cities and cover of the first, which is shown as a card.
ARTICLE_LIST_BLOCK = RESTRICTED_PAGES + 4
BODY = 2 + ARTICLE_LIST_BLOCK  # images of image blocks, images of galleries
ARTICLE_CARDS = 3  # articles with category and cover, their renditions, their cities


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
        own = 2 + RESTRICTED_PAGES  # locale, hot cities
        self.assert_queries("home", ROUTE_TO_HOME + EVERYWHERE + BODY + own)

    def test_article_list(self):
        # Locale, chosen category, all categories, number of articles.
        own = BREADCRUMBS + 4 + RESTRICTED_PAGES + ARTICLE_CARDS
        self.assert_queries("articles", ROUTE_TO_CHILD + EVERYWHERE + own)

    def test_article_list_does_not_grow_with_its_articles(self):
        for _number in range(5):
            ArticlePageFactory(parent=self.pages["articles"])
        self.test_article_list()

    def test_article(self):
        # Locale, category, cover; cities, tags, related articles.
        own = BREADCRUMBS + 6 + RESTRICTED_PAGES
        # The list in the body shows another article, whose category is the same but whose cover is missing.
        body = BODY - 1
        self.assert_queries("article", ROUTE_TO_GRANDCHILD + EVERYWHERE + body + own)

    def test_city_list(self):
        own = BREADCRUMBS + 3 + RESTRICTED_PAGES  # locale, city pages, register
        self.assert_queries("cities", ROUTE_TO_CHILD + EVERYWHERE + BODY + own)

    def test_city_list_does_not_grow_with_its_cities(self):
        for _number in range(5):
            CityPageFactory(parent=self.pages["cities"], city=CityFactory(is_hot=True))
        self.test_city_list()

    def test_city_page(self):
        own = BREADCRUMBS + 2 + RESTRICTED_PAGES + ARTICLE_CARDS  # locale, city
        self.assert_queries("city", ROUTE_TO_GRANDCHILD + EVERYWHERE + BODY + own)
