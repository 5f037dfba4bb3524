"""Waiting for each other by name, in a transaction."""

from django.db import connection


def hold_lock(name: str) -> None:
    """Take the lock of this name until the transaction ends; whoever wants the same one waits for it.

    PostgreSQL has advisory locks, by number. SQLite has one writer at a time, and transactions here begin as writers.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name]
            )
