"""Many changes in one transaction, and what may go wrong after it."""

from unittest.mock import patch

from django.db import OperationalError, transaction
from django.test import TransactionTestCase

from home.models import CityListReadiness
from home.readiness import staleness
from home.readiness.computing import ListComputing, compute_list
from tests.factories import CityFactory, CityIndexPageFactory, CityPageFactory
from tests.home.readiness.sites import city_page, own_body


class CommitTests(TransactionTestCase):
    serialized_rollback = True

    def setUp(self):
        self.city_list = CityIndexPageFactory()

    def test_many_changes_in_one_transaction_are_one_refresh(self):
        with (
            patch.object(staleness, "refresh") as refresh,
            transaction.atomic(),
        ):
            for _number in range(5):
                CityPageFactory(parent=self.city_list, city=CityFactory())
        refresh.assert_called_once_with({self.city_list.pk})

    def test_what_was_saved_stays_saved_when_its_readiness_cannot_be_asked_for(self):
        error = OperationalError("database is locked")
        with patch.object(staleness, "mark_stale", side_effect=error):
            page = CityPageFactory(parent=self.city_list, city=CityFactory())
        self.assertTrue(type(page).objects.filter(pk=page.pk).exists())

    def test_an_older_result_that_replaces_a_newer_one_is_computed_again(self):
        city_page(self.city_list, "成都", own_body())
        compute = ListComputing.compute

        def overtaken(computing, progress):
            """Somebody changes the list and computes it while this is computing."""
            rows = compute(computing, progress)
            with patch.object(ListComputing, "compute", compute):
                staleness.mark_stale([self.city_list.pk])
                compute_list(self.city_list)
            return rows

        with patch.object(ListComputing, "compute", overtaken):
            compute_list(self.city_list)
        self.assertIn(self.city_list, staleness.stale_lists())
        compute_list(self.city_list)
        self.assertNotIn(self.city_list, staleness.stale_lists())
        self.assertEqual(CityListReadiness.objects.count(), 1)
