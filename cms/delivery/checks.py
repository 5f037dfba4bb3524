"""What `manage.py check` has to say about DELIVERY."""

from typing import Any

from django.conf import settings as django_settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.db import DEFAULT_DB_ALIAS

from cms.delivery import settings


@register()
def check_settings(**kwargs: Any) -> list[CheckMessage]:
    return [
        Error(f"DELIVERY has no setting {name}.", id="delivery.E001")
        for name in settings.unknown_names()
    ]


@register()
def check_sqlite_transactions(**kwargs: Any) -> list[CheckMessage]:
    database = django_settings.DATABASES[DEFAULT_DB_ALIAS]
    mode = database.get("OPTIONS", {}).get("transaction_mode", "")
    if "sqlite" not in database["ENGINE"] or mode.upper() in ("IMMEDIATE", "EXCLUSIVE"):
        return []
    return [
        Warning(
            "Rows are read before they are written, which SQLite may refuse when two processes write.",
            hint='Set DATABASES["default"]["OPTIONS"]["transaction_mode"] = "IMMEDIATE".',
            id="delivery.W001",
        )
    ]
