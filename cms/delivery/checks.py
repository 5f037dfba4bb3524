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


@register()
def check_edges(**kwargs: Any) -> list[CheckMessage]:
    from cms.delivery.edges import BACKENDS

    messages: list[CheckMessage] = []
    for name, options in settings.get("EDGES").items():
        backend = BACKENDS.get(options.get("BACKEND", ""))
        if backend is None:
            known = ", ".join(BACKENDS)
            text = f"DELIVERY['EDGES']['{name}'] has no BACKEND out of {known}."
            messages.append(Error(text, id="delivery.E002"))
            continue
        given = set(options) - {"BACKEND"}
        known_options = backend.required | set(backend.optional) | set(backend.common)
        for option in sorted(backend.required - given):
            text = f"DELIVERY['EDGES']['{name}'] lacks {option}."
            messages.append(Error(text, id="delivery.E003"))
        for option in sorted(given - known_options):
            text = f"DELIVERY['EDGES']['{name}'] has no option {option}."
            messages.append(Error(text, id="delivery.E004"))
    return messages


@register()
def check_tag_header(**kwargs: Any) -> list[CheckMessage]:
    from cms.delivery.edges import get_edges

    if settings.get("TAG_HEADER") or check_edges():
        return []
    return [
        Warning(
            f"The edge “{name}” is purged by tag, and answers carry no tags.",
            hint='Set DELIVERY["TAG_HEADER"] to the header that it indexes.',
            id="delivery.W002",
        )
        for name, edge in get_edges().items()
        if edge.is_by_tag
    ]
