import logging
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from forms.privacy.retention import counts_by_form, purge, survey

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Erases the personal data of leads whose time is over. The scheduler runs it every day."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="Say what would be erased."
        )

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        before = survey()
        for form, number in counts_by_form().items():
            self.stdout.write(f"{form}: {number}")
        erased = before.erased
        if not dry_run:
            erased = 0
            for erased in purge():
                self.stdout.write(f"{erased} of {before.erased}")
            logger.info("Personal data of %d leads erased", erased)
        self.stdout.write(
            f"{erased} leads {'would be' if dry_run else 'were'} anonymised, {before.held} are under legal hold, "
            f"{before.unseen} wait in quarantine for somebody to look at them."
        )
