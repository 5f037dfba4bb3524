from typing import Any

from django.core.management.base import BaseCommand

from cms.translation.jobs import resume_jobs


class Command(BaseCommand):
    help = (
        "Goes on with translation jobs whose worker was stopped. The scheduler runs it."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if number := resume_jobs():
            self.stdout.write(f"{number} jobs resumed")
