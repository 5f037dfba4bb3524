from django.core.exceptions import ImproperlyConfigured
from django.test import SimpleTestCase

from cms.settings.database import parse_database_url


class DatabaseURLTests(SimpleTestCase):
    def test_sqlite_waits_for_other_writers(self):
        settings = parse_database_url("sqlite:////tmp/site.sqlite3")
        self.assertEqual(settings["NAME"], "/tmp/site.sqlite3")
        self.assertEqual(settings["OPTIONS"]["transaction_mode"], "IMMEDIATE")

    def test_postgresql_keeps_the_options_of_its_url(self):
        settings = parse_database_url("postgres://u:p%23w@db:5432/site?sslmode=require")
        self.assertEqual(settings["PASSWORD"], "p#w")
        self.assertEqual(
            settings["OPTIONS"],
            {"connect_timeout": 5, "tcp_user_timeout": 10_000, "sslmode": "require"},
        )

    def test_wrong_urls_are_refused_without_repeating_them(self):
        for url in (
            "nonsense",
            "mysql://u:secret@db/site",
            "postgres://u:se#cret@db/x",
        ):
            with self.subTest(url), self.assertRaises(ImproperlyConfigured) as caught:
                parse_database_url(url)
            self.assertNotIn("cret", str(caught.exception))
