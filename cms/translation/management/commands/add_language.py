from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from wagtail.coreutils import get_content_languages
from wagtail.models import Locale
from wagtail_localize.locales.forms import LocaleForm
from wagtail_localize.locales.views import get_locale_component_edit_handler

from cms.translation.management.languages import find_language
from cms.translation.management.quiet import without_log_lines
from cms.translation.models import LanguageRule, Mode, Translator


class Command(BaseCommand):
    help = "Adds a language with its rule, as Settings → Locales → Add does."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("language", choices=get_content_languages())
        parser.add_argument(
            "--source",
            metavar="LANGUAGE",
            help="Translated from it; without it, from the main language.",
        )
        parser.add_argument(
            "--translator", choices=Translator.values, default=Translator.PEOPLE.value
        )
        parser.add_argument(
            "--mode",
            choices=Mode.values,
            default=Mode.MANUAL.value,
            help="When translations are brought up to date.",
        )
        parser.add_argument(
            "--publish",
            action="store_true",
            help="Publish translations that lack no text.",
        )
        parser.add_argument(
            "--translate",
            action="store_true",
            help="Translate everything that is published now.",
        )

    def handle(
        self,
        *args: Any,
        language: str,
        translate: bool,
        verbosity: int = 1,
        **options: Any,
    ) -> None:
        if Locale.objects.filter(language_code=language).exists():
            raise CommandError(
                f"{language} is a language of this site already. Settings → Locales changes its rule, "
                f"`translate {language}` translates everything into it."
            )
        with without_log_lines(), transaction.atomic():
            rule = add_language(language, options)
        self.stdout.write(
            f"{language} is translated from {rule.source.language_code}: {rule.translator}, {rule.mode}."
        )
        if translate:
            call_command(
                "translate",
                language,
                verbosity=verbosity,
                stdout=self.stdout,
                stderr=self.stderr,
            )


def add_language(language: str, options: dict[str, Any]) -> LanguageRule:
    """By the forms of the admin."""
    code = options["source"]
    source = find_language(code) if code else Locale.get_default()
    locale = LocaleForm({"language_code": language}).save()
    panels = get_locale_component_edit_handler(LanguageRule)
    form_class = panels.bind_to_model(LanguageRule).get_form_class()
    form = form_class(
        {
            "source": source.pk,
            "translator": options["translator"],
            "mode": options["mode"],
            "publishes": options["publish"],
        },
        instance=LanguageRule(locale=locale),
    )
    return form.save()
