from django.core.checks import run_checks
from django.test import SimpleTestCase, override_settings


def found() -> set[str]:
    return {message.id for message in run_checks() if "translation." in message.id}


class CheckTests(SimpleTestCase):
    def test_the_projects_settings_are_right(self):
        self.assertEqual(found(), set())

    @override_settings(WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE=True)
    def test_untranslated_publication_is_warned_of(self):
        self.assertEqual(found(), {"translation.W001"})

    @override_settings(WAGTAILLOCALIZE_MACHINE_TRANSLATOR=None)
    def test_a_translator_that_knows_no_rules_is_warned_of(self):
        self.assertEqual(found(), {"translation.W002"})
