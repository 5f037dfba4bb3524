from argparse import ArgumentParser
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm
from wagtail.models import Site

from home.models import CityIndexPage
from home.readiness.computing import compute_list
from home.readiness.lists import lists_of_site
from home.readiness.staleness import stale_lists


class Command(BaseCommand):
    help = (
        "Compute how ready city pages are for search engines. "
        "Changes in the admin are computed by themselves; this is for changes made by other ways. "
        "Safe to interrupt and to repeat."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--site", metavar="HOSTNAME", help="Only this site.")
        parser.add_argument(
            "--stale",
            action="store_true",
            help="Only lists that have changed since they were computed.",
        )

    def handle(self, *args: Any, site: str | None, stale: bool, **options: Any) -> None:
        lists = stale_lists() if stale else CityIndexPage.objects.all()
        wanted = set(self.lists_of(site)) if site else None
        count = 0
        for city_list in lists.select_related("locale"):
            if wanted is None or city_list in wanted:
                self.name = f"{city_list.title} ({city_list.locale.language_code})"
                count += compute_list(city_list, self.show)
        self.stdout.write(f"{count} city pages computed.")

    def lists_of(self, hostname: str) -> list[CityIndexPage]:
        sites = Site.objects.filter(hostname=hostname)
        if not sites:
            raise CommandError(f"There is no site with the host name {hostname}.")
        return [each for site in sites for each in lists_of_site(site)]

    def show(self, items: Iterable[Any], total: int, label: str) -> Iterable[Any]:
        return tqdm(items, total=total, desc=f"{self.name}: {label}", disable=None)
