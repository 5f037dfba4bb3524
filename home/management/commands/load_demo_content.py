import time
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from wagtail.models import Locale, Site

from cms.translation.management.quiet import without_log_lines
from home import demo
from home.models import HomePage


class Command(BaseCommand):
    help = "Fill an empty site with the pages of an invented consultancy. A site that has pages is left as it is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--traditional",
            action="store_true",
            help="In traditional Chinese, too: as `add_language` does it, in some ten seconds more.",
        )

    def handle(self, *args: Any, traditional: bool, **options: Any) -> None:
        site = Site.objects.select_related("root_page").get(is_default_site=True)
        if not isinstance(site.root_page.specific, HomePage):
            raise CommandError("The root page of the default site is not a home page.")
        if site.root_page.get_children().exists():
            self.stdout.write("The site has pages already: nothing was changed.")
            return
        started = time.monotonic()
        with without_log_lines():
            count = demo.load(site, self.stdout.write)
            if traditional:
                self.stdout.write("Traditional Chinese …")
                self.add_traditional_chinese()
        languages = " in two languages" if traditional else ""
        seconds = time.monotonic() - started
        self.stdout.write(
            f"{count} pages published{languages} in {seconds:.0f} seconds."
        )

    def add_traditional_chinese(self) -> None:
        """A language that somebody has added already keeps its own rule."""
        code = "zh-hant"
        if not Locale.objects.filter(language_code=code).exists():
            call_command(
                "add_language",
                code,
                translator="opencc-tw",
                mode="automatic",
                publish=True,
                translate=True,
                verbosity=0,
                stdout=self.stdout,
                stderr=self.stderr,
            )
