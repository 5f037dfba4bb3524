"""Django's database settings from one URL."""

from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

SQLITE = "django.db.backends.sqlite3"
POSTGRESQL = "django.db.backends.postgresql"

# The web processes and the worker write at the same time: a write-ahead log lets readers go on meanwhile, and
# taking the write lock at the start of a transaction waits for it instead of failing half way.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    # FULL: what a visitor was given a receipt for survives a power cut, too.
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
}


def parse_database_url(url: str) -> dict[str, Any]:
    settings = parse(url)
    if settings["ENGINE"] == SQLITE:
        return {**settings, "OPTIONS": SQLITE_OPTIONS}
    if settings["ENGINE"] == POSTGRESQL:
        # A server that has gone is noticed in seconds: visitors are told rather than kept waiting.
        options = {
            "connect_timeout": 5,
            "tcp_user_timeout": 10_000,
            **settings.get("OPTIONS", {}),
        }
        return {**settings, "OPTIONS": options}
    raise wrong_url()


def parse(url: str) -> dict[str, Any]:
    try:
        return {**dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True)}
    except ValueError:
        raise wrong_url() from None


def wrong_url() -> ImproperlyConfigured:
    """Neither the URL nor the parser's own message is repeated: both may hold the password."""
    return ImproperlyConfigured(
        "DATABASE_URL is not understood: write postgres://user:password@host:5432/name, "
        "with special characters percent-encoded, or sqlite:////path/to/file."
    )
