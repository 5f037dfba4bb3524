from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from cms.delivery.models import ContentWebhook
from cms.delivery.webhooks import replay


class Command(BaseCommand):
    help = "Sends a content webhook again what has changed after a position of the log, or since a time."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="The name of the content webhook.")
        start = parser.add_mutually_exclusive_group(required=True)
        start.add_argument("--after", type=int, help="A position; 0 for everything.")
        start.add_argument("--since", help="A time, such as 2026-11-25T14:30.")

    def handle(
        self, *args: Any, name: str, after: int | None, since: str | None, **_: Any
    ) -> None:
        webhook = ContentWebhook.objects.filter(name=name).first()
        if webhook is None:
            raise CommandError(f"There is no content webhook “{name}”.")
        moment = read_time(since) if since else None
        number = replay(webhook, after=after or 0, since=moment)
        self.stdout.write(f"{number} messages will be sent.")


def read_time(text: str) -> datetime:
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None:
        raise CommandError(f"“{text}” is no time.")
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)
