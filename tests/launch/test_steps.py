from contextlib import redirect_stdout
from io import StringIO
from unittest.mock import patch

from django.contrib.auth import authenticate, get_user_model
from django.test import TestCase

from cms.launch import steps
from cms.settings import environment
from tests.factories import CityIndexPageFactory


class AdministratorTests(TestCase):
    def test_generated_password_is_shown_once_and_works(self):
        shown = steps.create_administrator()
        password = shown.split("password ")[1].split(" ")[0]
        self.assertIsNotNone(authenticate(username="admin", password=password))
        self.assertEqual(steps.create_administrator(), "exists")

    def test_given_password_is_used_and_not_shown(self):
        with patch.object(environment, "ADMIN_PASSWORD", "given-by-hand"):
            shown = steps.create_administrator()
        self.assertIsNotNone(authenticate(username="admin", password="given-by-hand"))
        self.assertNotIn("given-by-hand", shown)

    def test_an_existing_administrator_is_left_alone(self):
        get_user_model().objects.create_superuser("editor-in-chief")
        self.assertEqual(steps.create_administrator(), "exists")
        self.assertFalse(get_user_model().objects.filter(username="admin").exists())


class MigrationTests(TestCase):
    def test_nothing_is_done_when_nothing_is_due(self):
        self.assertEqual(steps.migrate(), "up to date")


class ReadinessTests(TestCase):
    def test_city_pages_are_computed_once(self):
        CityIndexPageFactory()
        self.assertEqual(steps.compute_readiness(), "0 city pages computed.")
        with self.assertNumQueries(1):
            steps.compute_readiness()


class DemoContentTests(TestCase):
    def test_what_takes_long_is_shown_while_it_lasts(self):
        with redirect_stdout(StringIO()) as shown:
            told = steps.Told()
            told.write("Pages …\n")
            self.assertEqual(shown.getvalue(), "Pages … ")
            told.write("38 pages published.\n")
        self.assertEqual(shown.getvalue(), "Pages … ")
        self.assertEqual(steps.last_line(told), "38 pages published.")
