from typing import Any

from django.core.management.base import BaseCommand

from forms.spam.forgetting import forget


class Command(BaseCommand):
    help = "Deletes used proofs of work and counters of submissions that are over. The scheduler runs it every hour."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{forget()} rows deleted.")
