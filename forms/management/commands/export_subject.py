import json
import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from forms.privacy.reading import record_copy
from forms.privacy.subject import describe_person, find_by_receipt, leads_of_person
from forms.receipts import tidy_receipt

OWNER_ONLY = 0o600


class Command(BaseCommand):
    help = (
        "Writes everything that is kept of a person as JSON. The number is asked for, or read from standard input, so "
        "that it stands in no history of commands. That it was read is kept, with the reason."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("receipt", help="Receipt number, such as K7M4P-2XQ9D.")
        parser.add_argument("output", type=Path, help="The file to be written.")
        parser.add_argument("--reason", required=True, help="What it is needed for.")

    def handle(
        self, *args: Any, receipt: str, output: Path, reason: str, **options: Any
    ) -> None:
        phone = input("Phone number: " if sys.stdin.isatty() else "")
        found = find_by_receipt(tidy_receipt(receipt), phone)
        if found is None:
            raise CommandError(
                "Nothing is kept under this receipt with this number. Check both."
            )
        lead, covers_number = found
        leads = leads_of_person(lead, covers_number=covers_number)
        with transaction.atomic():
            for each in leads:
                record_copy(each, None, reason)
            write(
                output, json.dumps(describe_person(leads), ensure_ascii=False, indent=2)
            )
        self.stdout.write(f"{len(leads)} leads written to {output}")


def write(path: Path, text: str) -> None:
    """For nobody but the owner of the process to read. A file of that name is written over whole or not at all."""
    unfinished = path.with_name(f"{path.name}.part")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text + "\n")
    unfinished.replace(path)
