import logging
import signal
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connections

from cms.launch.errors import LaunchError
from cms.launch.preflight import check_database, check_port
from cms.launch.processes import Processes
from cms.launch.readiness import local_address, wait_until_ready
from cms.launch.steps import STEPS
from cms.settings import environment


class Command(BaseCommand):
    help = "Prepares the database and runs the whole site: web server, background worker, scheduler and outbox."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--reload",
            action="store_true",
            help="Use Django's development server, which restarts when the code changes.",
        )

    def handle(self, *args: Any, reload: bool, **options: Any) -> None:
        end_on_signals()
        try:
            self.prepare()
            self.run(reload)
        except LaunchError as error:
            self.stderr.write(str(error))
            sys.exit(1)
        except KeyboardInterrupt:
            self.stdout.write("Stopped.")

    def prepare(self) -> None:
        check_port(environment.HOST, environment.PORT)
        check_database()
        logging.disable(logging.INFO)  # the steps report in words of their own
        for title, step in STEPS.items():
            self.take(title, step)
        connections.close_all()

    def take(self, title: str, step: Callable[[], str]) -> None:
        self.stdout.write(f"{title}: ", ending="")
        self.stdout.flush()
        result = "failed"
        try:
            result = step()
        finally:
            self.stdout.write(result)

    def run(self, reload: bool) -> None:
        with Processes() as processes:
            processes.start("web server", reloading_server() if reload else server())
            processes.start("background worker", manage("db_worker", "--queue-name=*"))
            processes.start("scheduler", manage("scheduler"))
            processes.start("outbox", manage("outbox", "run"))
            wait_until_ready(environment.HOST, environment.PORT, processes)
            self.show_addresses()
            processes.watch()

    def show_addresses(self) -> None:
        site = f"http://{local_address(environment.HOST)}:{environment.PORT}"
        self.stdout.write(f"\nSite:      {site}/")
        self.stdout.write(f"Admin:     {site}/admin/")
        self.stdout.write(f"API docs:  {site}/api/v1/docs/")
        self.stdout.write("Ctrl-C stops everything.\n")
        self.stdout.flush()


def end_on_signals() -> None:
    """Ctrl-C, `kill` and a closed terminal do the same thing; a start under `nohup` still outlives its terminal."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if signal.getsignal(signal.SIGHUP) is signal.SIG_DFL:
        signal.signal(signal.SIGHUP, signal.default_int_handler)


def manage(*arguments: str) -> list[str]:
    return [sys.executable, "manage.py", *arguments]


def server() -> list[str]:
    granian = Path(sys.executable).with_name("granian")
    return [
        str(granian),
        "--interface=wsgi",
        "--log-level=warning",
        "--process-name=tongdao",
        f"--host={environment.HOST}",
        f"--port={environment.PORT}",
        f"--workers={environment.WEB_WORKERS}",
        f"--blocking-threads={environment.WEB_THREADS}",
        "--workers-kill-timeout=8",
        "--respawn-failed-workers",
        "cms.wsgi:application",
    ]


def reloading_server() -> list[str]:
    return manage("runserver", f"{environment.HOST}:{environment.PORT}")
