from django.test import TestCase
from wagtail.models import Locale, Page

from tests.factories import home_page


class LanguagePathTests(TestCase):
    def test_a_language_without_pages_is_not_found(self):
        """The Chinese home page answered below /en/ too, with English surroundings."""
        self.assertEqual(self.client.get("/en/").status_code, 404)
        self.assertEqual(self.client.get("/zh-hant/").status_code, 404)

    def test_a_language_with_pages_is_shown_below_its_prefix(self):
        english = Locale.objects.create(language_code="en")
        home_page().copy_for_translation(english).get_latest_revision().publish()
        self.assertEqual(self.client.get("/en/").status_code, 200)
        self.assertEqual(self.client.get("/").status_code, 200)

    def test_a_language_goes_with_its_home_page(self):
        """Deleting a home page failed: its manager joins the language, which treebeard leaves out."""
        english = Locale.objects.create(language_code="en")
        home = home_page().copy_for_translation(english)
        home.get_latest_revision().publish()
        Page.objects.get(pk=home.pk).delete()
        self.assertEqual(self.client.get("/en/").status_code, 404)
