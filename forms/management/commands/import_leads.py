from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from forms.importing.columns import match_columns
from forms.importing.rows import Importer, name_cities
from forms.importing.tables import BadTable, Row, read_table
from forms.models import FormPage
from forms.storing import IdempotencyConflict

CHANGED = "It was imported before with other content; nothing was changed."


class Command(BaseCommand):
    help = (
        "Imports leads of an old system from a table, CSV or XLSX, whose first row names the form's fields by key or "
        "label. Further columns: id, received, city, page_url, referrer, utm_source and its like. Importing again, or "
        "going on after an interruption, stores nothing twice. Rows that cannot be imported are named by line, without "
        "what stands in them."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("table", type=Path)
        parser.add_argument("--form", required=True, help="Slug or ID of the form.")
        parser.add_argument("--locale", help="Language of the form, such as en.")
        parser.add_argument(
            "--silent",
            action="store_true",
            help="These are history: tell nobody, assign to nobody, start no clock.",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="Check everything, store nothing."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        form_page = find_form(options["form"], options["locale"])
        self.results: Counter[str] = Counter()
        self.failed = 0
        try:
            rows = read_table(options["table"])
            _number, header = next(rows, (1, []))
            importer = Importer(
                form_page,
                match_columns(form_page, header),
                cities=name_cities(),
                is_silent=options["silent"],
                is_dry_run=options["dry_run"],
            )
            for number, row in tqdm(rows, unit=" rows", disable=None):
                self.take(importer, number, row)
        except BadTable as error:
            raise CommandError(str(error)) from None
        finally:
            self.summarise()

    def take(self, importer: Importer, number: int, row: Row) -> None:
        try:
            self.results[importer.take(row)] += 1
        except ValidationError as error:
            self.report(number, describe(error, importer.form_page))
        except IdempotencyConflict:
            self.report(number, CHANGED)

    def report(self, number: int, message: str) -> None:
        self.failed += 1
        with tqdm.external_write_mode():
            self.stderr.write(f"Line {number}: {message}")

    def summarise(self) -> None:
        for outcome, count in self.results.items():
            self.stdout.write(f"{count} {outcome}")
        if self.failed:
            raise CommandError(f"{self.failed} rows were not imported: see above.")


def find_form(name: str, locale: str | None) -> FormPage:
    forms = FormPage.objects.filter(
        **({"pk": name} if name.isdecimal() else {"slug": name})
    )
    if locale:
        forms = forms.filter(locale__language_code=locale)
    found = list(forms[:2])
    if not found:
        known = ", ".join(FormPage.objects.values_list("slug", flat=True).distinct())
        raise CommandError(f"There is no form {name}. There are: {known}.")
    if len(found) > 1:
        raise CommandError(f"There are several forms {name}: name its --locale or ID.")
    return found[0]


def describe(error: ValidationError, form_page: FormPage) -> str:
    """What is wrong, by the labels of the fields."""
    labels = {field.key: field.label for field in form_page.get_fields()}
    return " ".join(
        f"{labels.get(key, key)}: {' '.join(messages)}"
        for key, messages in error.message_dict.items()
    )
