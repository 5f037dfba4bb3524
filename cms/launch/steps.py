"""What is brought up to date at every start. Each step is safe to repeat, and says in a few words what it did."""

import secrets
import sys
from collections.abc import Callable
from io import StringIO

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from cms.launch.static_files import collect_static_files
from cms.settings import environment


def migrate() -> str:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not plan:
        return "up to date"
    call_command("migrate", interactive=False, verbosity=0)
    return f"{len(plan)} migrations applied"


def load_registers() -> str:
    call_command("load_cities", stdout=StringIO())
    call_command("load_projects", first_time_only=True, stdout=StringIO())
    return "up to date"


class Told(StringIO):
    """Keeps what a command says, and shows at once what it goes about: the lines that end with dots."""

    def write(self, text: str) -> int:
        if text.rstrip().endswith("…"):
            sys.stdout.write(f"{text.rstrip()} ")
            sys.stdout.flush()
        return super().write(text)


def load_demo_content() -> str:
    output = Told()
    call_command("load_demo_content", traditional=True, stdout=output)
    return last_line(output) or "up to date"


def compute_readiness() -> str:
    """What was left to be computed when the site was stopped, and everything after an update that brought it."""
    output = StringIO()
    call_command("refresh_readiness", stale=True, stdout=output)
    return last_line(output)


def refresh_search_index() -> str:
    output = StringIO()
    call_command("refresh_search_index", stdout=output)
    return last_line(output)


def create_administrator() -> str:
    """The password is shown here and nowhere else; one that was given is not shown at all."""
    users = get_user_model().objects
    if users.filter(is_superuser=True).exists():
        return "exists"
    username = environment.ADMIN_USERNAME
    password = environment.ADMIN_PASSWORD or secrets.token_urlsafe(12)
    users.create_superuser(username=username, password=password)
    if environment.ADMIN_PASSWORD:
        return f"{username}, with the password from ADMIN_PASSWORD"
    return f"{username}, password {password} (shown only this once)"


def last_line(output: StringIO) -> str:
    lines = output.getvalue().strip().splitlines()
    return lines[-1] if lines else ""


# The administrator comes last, so that the password stands next to the addresses.
STEPS: dict[str, Callable[[], str]] = {
    "Database": migrate,
    "Cities and projects": load_registers,
    "Demo content": load_demo_content,
    "City pages": compute_readiness,
    "Search index": refresh_search_index,
    "Static files": collect_static_files,
    "Administrator": create_administrator,
}
