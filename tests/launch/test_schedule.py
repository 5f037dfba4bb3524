import logging
from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.test import TestCase
from django.utils import timezone
from wagtail.models import Page, Revision

from cms.launch.schedule import apply_schedule

HOUR = timedelta(hours=1)


class ScheduleTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.root = Page.get_first_root_node()

    def add_page(self, **fields):
        return self.root.add_child(instance=Page(title="A page", **fields))

    def schedule(self, page, go_live_at):
        page.go_live_at = go_live_at
        page.save_revision(approved_go_live_at=go_live_at)

    def assert_live(self, page, live):
        page.refresh_from_db()
        self.assertEqual(page.live, live)

    def test_publishes_what_is_due(self):
        page = self.add_page(live=False)
        self.schedule(page, timezone.now() - HOUR)
        apply_schedule()
        self.assert_live(page, True)

    def test_leaves_what_is_not_yet_due(self):
        page = self.add_page(live=False)
        self.schedule(page, timezone.now() + HOUR)
        apply_schedule()
        self.assert_live(page, False)

    def test_unpublishes_what_has_expired(self):
        page = self.add_page(expire_at=timezone.now() - HOUR)
        apply_schedule()
        self.assert_live(page, False)

    def test_a_failing_revision_does_not_keep_the_others(self):
        """Wagtail's own command stopped at the first failure, and at the same one a minute later."""
        Revision.objects.create(
            content_type=ContentType.objects.get_for_model(Page),
            object_id="999999",
            content={},
            approved_go_live_at=timezone.now() - 2 * HOUR,
        )
        page = self.add_page(live=False)
        self.schedule(page, timezone.now() - HOUR)
        with self.assertLogs("cms.launch.schedule", logging.ERROR):
            apply_schedule()
        self.assert_live(page, True)
