import logging
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections

from cms.launch.schedule import Clockwork, apply_schedule

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Publishes and unpublishes what editors have scheduled, and runs SCHEDULED_COMMANDS, until it is stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--interval", type=float, default=60, help="Seconds.")

    def handle(self, *args: Any, interval: float, **options: Any) -> None:
        clockwork = Clockwork()
        while True:
            close_old_connections()
            try:
                apply_schedule()
            except DatabaseError:
                logger.exception("The schedule could not be read")
            clockwork.run_due()
            time.sleep(interval)
