from argparse import ArgumentParser
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand

from cms.delivery import invalidate


class Command(BaseCommand):
    help = "Drop answers from the memory of all processes and from caches in front, after a write that no ORM has seen."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "subjects",
            nargs="*",
            help="Models (articles.ArticlePage) and tags (page-12). None: everything.",
        )

    def handle(self, *args: Any, subjects: list[str], **options: Any) -> None:
        position = invalidate(*map(model_or_tag, subjects))
        what = ", ".join(subjects) or "everything"
        self.stdout.write(f"Dropped, at position {position}: {what}")


def model_or_tag(subject: str) -> Any:
    try:
        return apps.get_model(subject)
    except (LookupError, ValueError):
        return subject
