from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import TestCase
from django.utils import timezone
from wagtail.models import Locale, Page

from cms.core.models import Announcement

NOW = timezone.now()


def announce(headline: str, *, starts: int, ends: int | None = None) -> Announcement:
    """An announcement whose window is given in hours from now."""
    return Announcement.objects.create(
        headline=headline,
        locale=Locale.get_default(),
        starts_at=NOW + timedelta(hours=starts),
        ends_at=None if ends is None else NOW + timedelta(hours=ends),
    )


class AnnouncementTests(TestCase):
    def test_only_announcements_in_their_time_are_current(self):
        announce("over", starts=-2, ends=-1)
        announce("to come", starts=1)
        current = announce("now", starts=-1, ends=1)
        self.assertSequenceEqual(Announcement.objects.current(NOW), [current])

    def test_the_end_itself_is_no_longer_shown(self):
        announce("ends now", starts=-1, ends=0)
        self.assertFalse(Announcement.objects.current(NOW).exists())

    def test_a_newer_announcement_replaces_an_open_ended_one(self):
        announce("old", starts=-2)
        newer = announce("new", starts=-1)
        self.assertEqual(Announcement.objects.current(NOW).first(), newer)

    def test_page_and_address_together_are_refused(self):
        announcement = Announcement(
            headline="喜报", link_page=Page.objects.first(), link_url="https://x.test/"
        )
        with pytest.raises(ValidationError) as refused:
            announcement.clean()
        self.assertIn("link_url", refused.value.message_dict)

    def test_an_end_before_the_beginning_is_refused(self):
        announcement = Announcement(
            headline="喜报", starts_at=NOW, ends_at=NOW - timedelta(hours=1)
        )
        with pytest.raises(ValidationError) as refused:
            announcement.clean()
        self.assertIn("ends_at", refused.value.message_dict)
