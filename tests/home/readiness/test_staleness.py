"""What makes readiness stale, and that it is computed again after the change is certain."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from cms.core.models import SiteSettings
from home.models import (
    CityListReadiness,
    CityPage,
    CityReadiness,
    ProvinceContent,
)
from home.readiness import staleness
from home.readiness.computing import compute_list
from home.readiness.tasks import refresh_readiness
from tests.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    CityFactory,
    CityIndexPageFactory,
    HomePageFactory,
)
from tests.home.readiness.sites import CLIENTS, city_page, own_body, paragraph
from tests.queries import FewerThan


class StalenessTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.city_list = CityIndexPageFactory()
        cls.chengdu = city_page(cls.city_list, "成都", own_body())
        cls.chongqing = city_page(cls.city_list, "重庆")
        compute_list(cls.city_list)

    def changes(self):
        """How many changes the block of code makes, as its computing sees them."""
        return self.captureOnCommitCallbacks(execute=True)

    def count(self):
        return CityListReadiness.objects.get(city_list=self.city_list).changes

    def share(self, page):
        return CityReadiness.objects.get(page=page).unique_share

    def assert_refreshed(self, change):
        before = self.count()
        with self.captureOnCommitCallbacks(execute=True):
            change()
        self.assertGreater(self.count(), before)
        self.assert_current()

    def assert_left_alone(self, change):
        before = self.count()
        with self.captureOnCommitCallbacks(execute=True):
            change()
        self.assertEqual(self.count(), before)

    def assert_current(self):
        self.assertFalse(staleness.stale_lists().exists())
        self.assertFalse(CityReadiness.objects.filter(is_stale=True).exists())

    def test_publishing_a_page_changes_its_siblings_share(self):
        self.assertGreater(self.share(self.chengdu), 0.9)
        self.chongqing.body = own_body()
        self.assert_refreshed(self.chongqing.save_revision().publish)
        self.assertEqual(self.share(self.chengdu), 0)

    def test_unpublishing_a_page_gives_its_siblings_their_text_back(self):
        copy = city_page(self.city_list, "绵阳", own_body())
        compute_list(self.city_list)
        self.assertEqual(self.share(self.chengdu), 0)
        self.assert_refreshed(copy.unpublish)
        self.assertGreater(self.share(self.chengdu), 0.9)

    def test_deleting_a_page_gives_its_siblings_their_text_back(self):
        copy = city_page(self.city_list, "绵阳", own_body())
        compute_list(self.city_list)
        self.assert_refreshed(copy.delete)
        self.assertGreater(self.share(self.chengdu), 0.9)

    def test_moving_a_page_refreshes_both_lists(self):
        other = CityIndexPageFactory(parent=HomePageFactory(slug="other"))
        compute_list(other)
        with self.captureOnCommitCallbacks(execute=True):
            self.chengdu.move(other, pos="last-child")
        for city_list in (self.city_list, other):
            mark = CityListReadiness.objects.get(city_list=city_list)
            self.assertGreater(mark.changes, 0)
        self.assert_current()

    def test_an_unpublished_page_is_not_ready(self):
        self.assertTrue(self.chengdu.readiness.is_ready)
        with self.captureOnCommitCallbacks(execute=True):
            self.chengdu.unpublish()
        self.chengdu.readiness.refresh_from_db()
        self.assertFalse(self.chengdu.readiness.is_ready)

    def test_a_draft_of_a_published_page_changes_nothing(self):
        self.assert_left_alone(self.chengdu.save_revision)

    def test_a_draft_of_a_page_never_published_is_measured(self):
        draft = city_page(self.city_list, "绵阳", live=False)
        draft.body = [paragraph(CLIENTS)]
        self.assert_refreshed(draft.save_revision)

    def test_a_new_page_gets_its_row(self):
        with self.captureOnCommitCallbacks(execute=True):
            page = city_page(self.city_list, "绵阳")
        self.assertFalse(CityReadiness.objects.get(page=page).is_stale)

    def test_the_national_texts_refresh_the_list(self):
        self.city_list.city_body = [paragraph(CLIENTS)]
        self.assert_refreshed(self.city_list.save_revision().publish)

    def test_a_provinces_texts_refresh_the_lists_of_their_language(self):
        content = ProvinceContent(
            province=CityFactory(level="province"), locale=self.city_list.locale
        )
        self.assert_refreshed(content.save)
        self.assert_refreshed(content.delete)

    def test_a_citys_facts_refresh_the_lists_it_stands_in(self):
        city = self.chongqing.city
        city.phone = "023-63221100"
        self.assert_refreshed(city.save)
        self.assertEqual(CityReadiness.objects.get(page=self.chongqing).score, 15)

    def test_a_city_without_a_page_refreshes_nothing(self):
        self.assert_left_alone(CityFactory().save)

    def test_an_article_counts_for_its_cities_from_publishing_to_deleting(self):
        news = ArticleIndexPageFactory()
        article = ArticlePageFactory(parent=news, live=False)
        article.cities = [self.chongqing.city]
        self.assert_refreshed(article.save_revision().publish)
        self.assertEqual(CityReadiness.objects.get(page=self.chongqing).score, 2)
        article.cities = []
        self.assert_refreshed(article.save_revision().publish)
        self.assertEqual(CityReadiness.objects.get(page=self.chongqing).score, 0)
        article.cities = [self.chongqing.city]
        article.save_revision().publish()
        self.assert_refreshed(article.delete)
        self.assertEqual(CityReadiness.objects.get(page=self.chongqing).score, 0)

    def test_a_national_article_refreshes_nothing(self):
        article = ArticlePageFactory()
        self.assert_left_alone(article.save_revision().publish)

    def test_another_threshold_refreshes_the_sites_lists(self):
        settings = SiteSettings.for_site(Site.objects.get())
        settings.readiness_threshold = 90
        self.assert_refreshed(settings.save)
        self.assertFalse(CityReadiness.objects.filter(is_ready=True).exists())

    def test_settings_with_the_same_threshold_refresh_nothing(self):
        settings = SiteSettings.for_site(Site.objects.get())
        settings.service_phone = "400-820-8820"
        self.assert_left_alone(settings.save)

    def test_what_is_rolled_back_refreshes_nothing(self):
        def change():
            try:
                with transaction.atomic():
                    self.chongqing.save()
                    raise ValueError
            except ValueError:
                pass

        self.assert_left_alone(change)

    def test_a_change_during_computing_is_computed_afterwards(self):
        """What was read before the change must not be taken for what is true after it."""
        changes = staleness.count_changes(self.city_list)
        staleness.mark_stale([self.city_list.pk])
        staleness.note_computed(self.city_list, changes, 60)
        self.assertEqual(list(staleness.stale_lists()), [self.city_list])
        self.assertTrue(self.chengdu.readiness.is_stale)
        refresh_readiness.call()
        self.assert_current()

    def test_the_task_asks_once_when_nothing_is_stale(self):
        with self.assertNumQueries(1):
            refresh_readiness.call()

    def test_marking_costs_the_same_for_every_number_of_pages(self):
        # The list, its mark, the rows, the transaction around them, and what the log of changes asks of each.
        with CaptureQueriesContext(connection) as few:
            staleness.mark_stale([self.city_list.pk])
        for number in range(10):
            city_page(self.city_list, f"他城{number}", own_body())
        compute_list(self.city_list)
        connection.run_on_commit.clear()  # what follows is another transaction
        with self.assertNumQueries(FewerThan(len(few) + 2)):
            staleness.mark_stale([self.city_list.pk])

    def test_lists_that_are_gone_are_left_out(self):
        staleness.mark_stale([0])

    def test_the_command_leaves_current_lists_when_asked_for_stale_ones(self):
        output = StringIO()
        call_command("refresh_readiness", stale=True, stdout=output)
        self.assertEqual(output.getvalue(), "0 city pages computed.\n")
        staleness.mark_stale([self.city_list.pk])
        call_command("refresh_readiness", stale=True, stdout=output)
        self.assertIn("2 city pages computed.", output.getvalue())

    def test_the_command_computes_one_site(self):
        other = CityIndexPageFactory(parent=HomePageFactory(slug="other"))
        page = city_page(other, "绵阳")
        Site.objects.create(hostname="other.example.test", root_page=other.get_parent())
        self.addCleanup(Site.clear_site_root_paths_cache)
        call_command("refresh_readiness", site="localhost", stdout=StringIO())
        self.assertFalse(CityReadiness.objects.filter(page=page).exists())
        call_command("refresh_readiness", site="other.example.test", stdout=StringIO())
        self.assertTrue(CityReadiness.objects.filter(page=page).exists())

    def test_the_command_refuses_a_site_that_does_not_exist(self):
        with pytest.raises(CommandError, match="no site with the host name"):
            call_command("refresh_readiness", site="nowhere.test")

    def test_an_alias_counts_as_what_it_is(self):
        """Wagtail sends no page_published for it."""
        other = CityIndexPageFactory(parent=HomePageFactory(slug="other"))
        with self.captureOnCommitCallbacks(execute=True):
            alias = self.chengdu.create_alias(parent=other)
        self.assertTrue(CityPage.objects.get(pk=alias.pk).is_indexed)
