from io import StringIO
from unittest.mock import patch

from django.core.management import call_command
from django.test import TestCase
from wagtail.search.models import IndexEntry

from articles.models import ArticlePage
from cms.launch import steps
from cms.search.management.commands import refresh_search_index
from tests.factories import ArticlePageFactory


class RefreshSearchIndexTests(TestCase):
    def refresh(self) -> str:
        output = StringIO()
        call_command("refresh_search_index", stdout=output)
        return output.getvalue().strip()

    def test_an_index_of_another_time_is_built_anew_once(self):
        ArticlePageFactory(title="知识产权")
        IndexEntry.objects.all().delete()
        self.assertFalse(ArticlePage.objects.search("产权"))
        self.assertEqual(self.refresh(), "built anew")
        self.assertTrue(ArticlePage.objects.search("产权"))
        with self.assertNumQueries(1):
            self.assertEqual(self.refresh(), "up to date")

    def test_it_is_built_anew_when_texts_are_cut_otherwise(self):
        self.refresh()
        with patch.object(refresh_search_index, "CUTTING", 1_000):
            self.assertEqual(self.refresh(), "built anew")

    def test_the_site_does_it_when_it_starts(self):
        self.assertEqual(steps.STEPS["Search index"](), "built anew")
        self.assertEqual(steps.STEPS["Search index"](), "up to date")
