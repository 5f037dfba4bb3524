import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from wagtail.models import Site

from home import demo
from home.models import HomePage


class Command(BaseCommand):
    help = "Fill an empty site with the pages of an invented consultancy. A site that has pages is left as it is."

    def handle(self, *args: Any, **options: Any) -> None:
        site = Site.objects.select_related("root_page").get(is_default_site=True)
        if not isinstance(site.root_page.specific, HomePage):
            raise CommandError("The root page of the default site is not a home page.")
        if site.root_page.get_children().exists():
            self.stdout.write("The site has pages already: nothing was changed.")
            return
        started = time.monotonic()
        with without_a_line_for_every_page():
            count = demo.load(site, self.stdout.write)
        seconds = time.monotonic() - started
        self.stdout.write(f"{count} pages published in {seconds:.0f} seconds.")


@contextmanager
def without_a_line_for_every_page() -> Iterator[None]:
    """Wagtail logs what it creates and publishes; here that would bury the command's own words."""
    logger = logging.getLogger("wagtail")
    level = logger.level
    logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        logger.setLevel(level)
