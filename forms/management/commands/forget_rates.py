from typing import Any

from django.core.management.base import BaseCommand

from forms.spam.rates import forget_rates


class Command(BaseCommand):
    help = "Deletes the counters of submissions of days that are over. The scheduler runs it every hour."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{forget_rates()} counters deleted.")
