from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from wagtail.models import Locale

from cms.core.data_files import DataFileError, read_data_file
from cms.core.models import CertificationProject

DATA_FILE = Path(__file__).resolve().parents[2] / "data" / "certification_projects.csv"
COLUMNS = ["group", "slug", "standard", "name"]
# Leaves room for projects that editors put in between.
SORT_STEP = 10


class Command(BaseCommand):
    help = (
        "Create the certification projects that are missing, in the default language. "
        "Those that exist belong to the editors and are never touched."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--first-time-only",
            action="store_true",
            help="Do nothing when there are projects already, so that deleted ones stay away.",
        )

    @transaction.atomic
    def handle(self, *args: Any, first_time_only: bool, **options: Any) -> None:
        if first_time_only and CertificationProject.objects.exists():
            self.stdout.write("Certification projects: left as they are.")
            return
        try:
            rows = read_data_file(
                DATA_FILE, CertificationProject, COLUMNS, unique=["slug"]
            )
        except DataFileError as error:
            raise CommandError(str(error)) from None
        locale = Locale.get_default()
        existing = CertificationProject.objects.filter(locale=locale)
        slugs = set(existing.values_list("slug", flat=True))
        missing = [
            CertificationProject(
                locale=locale, sort_order=number * SORT_STEP, **row.values
            )
            for number, row in enumerate(rows, start=1)
            if row.values["slug"] not in slugs
        ]
        CertificationProject.objects.bulk_create(missing)
        self.stdout.write(
            f"Certification projects: {len(missing)} created, {len(slugs)} left as they are."
        )
