from typing import Any

from django.core.management.base import BaseCommand

from forms.desk.overdue import tell_overdue


class Command(BaseCommand):
    help = "Tells receivers of leads that nobody has answered in time. The scheduler runs it every minute."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{tell_overdue()} leads are overdue now.")
