"""The search backend that `WAGTAILSEARCH_BACKENDS` names: Wagtail's own for the database, with texts in segments."""

from typing import Any

from django.db import connection
from modelsearch.backends import database
from modelsearch.backends.base import BaseSearchBackend


def SearchBackend(params: dict[str, Any]) -> BaseSearchBackend:
    """Called like a class, as Wagtail's own. The modules of the other database cannot be imported."""
    if connection.vendor == "postgresql":
        from cms.search.postgresql import PostgreSQLSearchBackend

        return PostgreSQLSearchBackend(params)
    if connection.vendor == "sqlite":
        from cms.search.sqlite import SQLiteSearchBackend

        return SQLiteSearchBackend(params)
    return database.SearchBackend(params)
