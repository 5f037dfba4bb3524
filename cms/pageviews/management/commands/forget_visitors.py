from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from cms.pageviews.models import DailySalt, RecentView, today
from cms.pageviews.writing import WINDOW


class Command(BaseCommand):
    help = "Deletes the salts of past days and the hashes of visitors who may be counted again. Run by the scheduler."

    def handle(self, *args: Any, **options: Any) -> None:
        salts, _ = DailySalt.objects.filter(day__lt=today()).delete()
        views, _ = RecentView.objects.filter(
            counted_at__lt=timezone.now() - WINDOW
        ).delete()
        self.stdout.write(f"{salts} salts and {views} hashes deleted")
