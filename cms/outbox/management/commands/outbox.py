from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cms.outbox.models import Channel, Message
from cms.outbox.queue import counts, retry
from cms.outbox.worker import run_worker


class Command(BaseCommand):
    help = "Looks after what leaves the system: run the worker, see what waits, send again what was given up."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("run", help="Send messages until it is stopped.")
        actions.add_parser("status", help="Show how things stand with each channel.")
        again = actions.add_parser("retry", help="Send again what was given up.")
        which = again.add_mutually_exclusive_group(required=True)
        which.add_argument("--all", action="store_true", help="Of all channels.")
        which.add_argument("--channel", help="Of the channel with this name.")
        which.add_argument("--message", help="The message with this id.")

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        if action == "run":
            run_worker()
        elif action == "status":
            self.show_status()
        else:
            self.retry(**options)

    def show_status(self) -> None:
        line = "{:<30} {:>8} {:>8} {:>8} {:>8}  {}"
        self.stdout.write(
            line.format("Channel", "waiting", "sending", "sent", "given up", "")
        )
        for row in counts(Channel.objects.all()):
            self.stdout.write(
                line.format(
                    *(row["channel"].name, row["waiting"], row["sending"]),
                    *(row["sent"], row["dead"], describe(row)),
                )
            )

    def retry(self, channel: str | None, message: str | None, **options: Any) -> None:
        messages = Message.objects.all()
        if channel:
            if not Channel.objects.filter(name=channel).exists():
                raise CommandError(f"There is no channel “{channel}”.")
            messages = messages.filter(channel__name=channel)
        try:
            messages = messages.filter(pk=message) if message else messages
        except ValidationError:
            raise CommandError(f"“{message}” is no id of a message.") from None
        self.stdout.write(f"{retry(messages)} messages will be sent again.")


def describe(row: dict[str, Any]) -> str:
    notes = []
    channel, now = row["channel"], timezone.now()
    if not channel.is_active:
        notes.append("not active")
    if channel.paused_until and channel.paused_until > now:
        notes.append(
            f"paused until {timezone.localtime(channel.paused_until):%H:%M:%S}"
        )
    if row["oldest"]:
        notes.append(
            f"oldest waits since {timezone.localtime(row['oldest']):%Y-%m-%d %H:%M}"
        )
    return ", ".join(notes)
