from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Model
from tqdm import tqdm
from wagtail.models import Locale, Page

from cms.translation.jobs import everything, give_way, pages_below
from cms.translation.management.languages import find_language
from cms.translation.management.quiet import without_log_lines
from cms.translation.models import LanguageRule
from cms.translation.updating import Outcome, update_translation


class Command(BaseCommand):
    help = "Translates everything that is published into a language, or one page, or a tree. Safe to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("language", help="Such as zh-hant.")
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--page", type=int, metavar="ID", help="This page only.")
        what.add_argument(
            "--tree", type=int, metavar="ID", help="This page and all below it."
        )

    def handle(
        self,
        *args: Any,
        language: str,
        page: int | None,
        tree: int | None,
        verbosity: int = 1,
        **options: Any,
    ) -> None:
        locale = find_language(language)
        objects = list(self.find(locale, page, tree))
        outcomes: Counter[Outcome] = Counter()
        # None: a bar if there is a terminal.
        hidden = None if verbosity else True
        for each in tqdm(objects, disable=hidden, unit="", leave=False):
            outcomes[self.translate(each, locale)] += 1
            give_way()
        for outcome, number in outcomes.items():
            self.stdout.write(f"{outcome.label}: {number}")

    def find(
        self, locale: Locale, page: int | None, tree: int | None
    ) -> Iterable[Model]:
        if page is None and tree is None:
            return everything(LanguageRule.of(locale).source)
        found = Page.objects.filter(pk=page or tree).first()
        if found is None:
            raise CommandError(f"There is no page {page or tree}.")
        return [found] if page else pages_below(found)

    def translate(self, instance: Any, locale: Locale) -> Outcome:
        if isinstance(instance, Page):
            instance = instance.specific
        try:
            with without_log_lines():
                return update_translation(instance, locale)
        except Exception as error:  # noqa: BLE001 (the others come all the same)
            self.stderr.write(f"{instance._meta.label} {instance.pk}: {error!r}")
            return Outcome.FAILED
