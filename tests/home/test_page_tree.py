from django.test import TestCase
from wagtail.models import Page, Site
from wagtail.test.utils import WagtailPageTestCase

from articles.models import ArticleIndexPage, ArticlePage
from forms.models import FormPage
from home.models import CityIndexPage, CityPage, HomePage
from tests.factories import CityFactory, CityIndexPageFactory, CityPageFactory


class PageTreeTests(WagtailPageTestCase):
    def test_a_fresh_site_has_a_home_page_of_ours(self):
        self.assertEqual(Site.objects.get().root_page.specific, HomePage.objects.get())
        self.assertEqual(Page.objects.filter(depth=2).count(), 1)

    def test_each_page_type_stands_where_it_belongs(self):
        self.assertAllowedSubpageTypes(
            HomePage, {ArticleIndexPage, CityIndexPage, FormPage}
        )
        self.assertAllowedSubpageTypes(ArticleIndexPage, {ArticlePage})
        self.assertAllowedSubpageTypes(CityIndexPage, {CityPage})
        for leaf in (ArticlePage, CityPage, FormPage):
            self.assertAllowedSubpageTypes(leaf, set())


class CityListTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.index = CityIndexPageFactory()

    def city_page(self, **city) -> CityPage:
        return CityPageFactory(parent=self.index, city=CityFactory(**city))

    def test_hot_cities_come_first_then_by_initial(self):
        mianyang = self.city_page(slug="mianyang")
        chengdu = self.city_page(slug="chengdu", is_hot=True)
        anyang = self.city_page(slug="anyang")
        self.assertEqual(list(self.index.get_city_pages()), [chengdu, anyang, mianyang])

    def test_unpublished_city_pages_are_left_out(self):
        self.city_page().unpublish()
        self.assertFalse(self.index.get_city_pages().exists())
