"""What the pages of a list are found to have of their own."""

import json

from django.core.management import call_command
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from cms.core.models import SiteSettings
from home.models import CityPage, CityReadiness, ProvinceContent
from home.readiness.computing import compute_list
from tests.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    CityFactory,
    CityIndexPageFactory,
    restrict,
)
from tests.home.readiness.sites import (
    CLIENTS,
    SHARED,
    city_page,
    inherited,
    own_body,
    paragraph,
)
from tests.queries import FewerThan

# The list's mark; site, settings; texts of provinces; articles; two sets of names; the pages: counted,
# published, drafts; which of them are still there, and their results; the mark and the rows that it stands for. Four
# more begin and end transactions.
# With what the log of changes asks around each statement that writes.
QUERIES = 45


class ComputingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.city_list = CityIndexPageFactory(city_body=[paragraph(SHARED)])
        cls.city_list.city_title = "{city}认证咨询"
        cls.city_list.save()

    def compute(self):
        compute_list(self.city_list)

    def readiness(self, page):
        return CityReadiness.objects.get(page=page)

    def found(self, page):
        return {each["code"]: each["found"] for each in self.readiness(page).criteria}

    def test_the_same_text_apart_from_the_name_is_nobodys_own(self):
        pages = [
            city_page(
                self.city_list,
                name,
                [paragraph(f"{name}{CLIENTS}，{name}市的电话{phone}")],
                title=f"{name}认证",
                phone=phone,
            )
            for name, phone in (("成都", "028-83221100"), ("重庆", "023-63221100"))
        ]
        self.compute()
        for page in pages:
            self.assertEqual(self.readiness(page).unique_share, 0)
            self.assertFalse(self.readiness(page).is_ready)

    def test_phone_address_and_own_text_make_a_page_ready(self):
        page = city_page(
            self.city_list,
            "成都",
            own_body(),
            phone="028-83221100",
            address="建设路 1 号",
        )
        other = city_page(self.city_list, "重庆")
        self.compute()
        self.assertTrue(self.readiness(page).is_ready)
        self.assertGreater(self.readiness(page).unique_share, 0.9)
        self.assertFalse(self.readiness(other).is_ready)

    def test_a_bare_draft_is_far_from_ready(self):
        page = city_page(self.city_list, "成都", live=False)
        city_page(self.city_list, "重庆")
        self.compute()
        self.assertLess(self.readiness(page).score, 10)

    def test_inherited_text_is_not_the_pages_own(self):
        page = city_page(self.city_list, "成都", [*own_body(), inherited()])
        city_page(self.city_list, "重庆")
        self.compute()
        share = self.readiness(page).unique_share
        self.assertAlmostEqual(share, len(CLIENTS) / len(CLIENTS + SHARED), delta=0.1)
        self.assertEqual(self.found(page)["blocks"], 3)

    def test_a_provinces_text_is_nobodys_own_when_two_cities_have_it(self):
        province = CityFactory(level="province", short_name="四川")
        ProvinceContent.objects.create(
            province=province, locale=self.city_list.locale, body=own_body()
        )
        pages = [city_page(self.city_list, name) for name in ("成都", "绵阳")]
        for page in pages:
            page.city.parent = province
            page.city.save()
        self.compute()
        self.assertEqual([self.readiness(page).unique_share for page in pages], [0, 0])

    def test_facts_count_where_they_are_the_citys(self):
        settings = SiteSettings.for_site(Site.objects.get())
        settings.service_phone = "400-820-8820"
        settings.save()
        province = CityFactory(level="province", address="人民路 1 号")
        page = city_page(self.city_list, "成都")
        page.city.parent = province
        person = {"type": "person", "value": {"name": "周敏"}}
        page.city.team = json.dumps([person, person])
        page.city.save()
        self.compute()
        found = self.found(page)
        self.assertEqual((found["phone"], found["address"], found["people"]), (0, 0, 2))

    def test_articles_count_that_visitors_can_read(self):
        page = city_page(self.city_list, "成都")
        news = ArticleIndexPageFactory()
        for number in range(5):
            article = ArticlePageFactory(parent=news, live=number != 0)
            article.cities.set([page.city, CityFactory()])
            article.save()
        restrict(article)
        ArticlePageFactory(parent=news)
        self.compute()
        self.assertEqual(self.found(page)["articles"], 3)

    def test_a_draft_is_measured_as_it_was_last_saved(self):
        page = city_page(self.city_list, "成都", live=False)
        page.body = json.dumps(own_body())
        page.save_revision()
        self.compute()
        readiness = self.readiness(page)
        self.assertGreater(readiness.unique_share, 0.9)
        self.assertFalse(readiness.is_ready)

    def test_a_published_page_is_measured_as_it_is_published(self):
        page = city_page(self.city_list, "成都")
        page.body = json.dumps(own_body())
        page.save_revision()
        self.compute()
        self.assertEqual(self.found(page)["blocks"], 0)

    def test_the_threshold_is_the_sites(self):
        page = city_page(self.city_list, "成都", own_body())
        settings = SiteSettings.for_site(Site.objects.get())
        score_needed = {True: 60, False: 61}
        for is_ready, settings.readiness_threshold in score_needed.items():
            settings.save()
            self.compute()
            self.assertEqual(self.readiness(page).is_ready, is_ready)

    def test_warnings_are_stored(self):
        page = city_page(self.city_list, "成都", title="成都认证，{city}咨询")
        self.compute()
        self.assertEqual(
            self.readiness(page).warnings, [["repeated_city", "title", "成都"]]
        )

    def test_computing_again_changes_nothing(self):
        page = city_page(self.city_list, "成都", own_body())
        self.compute()
        first = self.readiness(page)
        self.compute()
        second = self.readiness(page)
        self.assertEqual(first.pk, second.pk)
        self.assertEqual(first.criteria, second.criteria)
        self.assertFalse(second.is_stale)

    def test_queries_do_not_grow_with_the_pages(self):
        """Up to 200, that is: results are stored by the 200."""
        for number in range(4):
            city_page(self.city_list, f"某城{number}", own_body(), live=number > 0)
        self.compute()  # makes what every site has once
        with CaptureQueriesContext(connection) as few:
            self.compute()
        for number in range(20):
            city_page(self.city_list, f"他城{number}", own_body(), live=number > 10)
        # A few more: new rows are told of in another way than those that are there.
        with self.assertNumQueries(FewerThan(len(few) + 10)):
            self.compute()
        self.assertLess(len(few), QUERIES)

    def test_the_command_computes_every_page(self):
        page = city_page(self.city_list, "成都", own_body())
        call_command("refresh_readiness", verbosity=0)
        self.assertFalse(self.readiness(page).is_stale)

    def test_a_list_without_pages_is_computed(self):
        self.compute()
        self.assertEqual(CityPage.objects.count(), 0)
