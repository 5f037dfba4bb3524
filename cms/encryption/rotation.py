"""Bringing rows under the first of ENCRYPTION_KEYS."""

from collections.abc import Callable, Iterator
from typing import Any

from cryptography.fernet import InvalidToken
from django.db import models, transaction

from cms.encryption.fields import EncryptedTextField
from cms.encryption.keys import get_primary_cipher

BATCH = 200
Rehash = Callable[[Any], dict[str, Any]]


def encrypted_fields(model: type[models.Model]) -> list[EncryptedTextField]:
    return [
        field for field in model._meta.fields if isinstance(field, EncryptedTextField)
    ]


def rotate_model(
    model: type[models.Model], rehash: Rehash | None = None
) -> Iterator[tuple[int, int]]:
    """Encrypt the model's rows anew where an older key has encrypted them, and yield (looked at, changed) as it goes.

    `rehash` gives the look-up hashes that belong to a row, by column. Each batch is a transaction of its own and rows
    that are under the first key already are left alone: an interrupted run is finished by the next one. Rows are
    locked while they are rewritten, so that nothing written at the same time is lost.
    """
    seen = changed = 0
    last: Any = None
    while True:
        with transaction.atomic():
            rows = model._base_manager.order_by("pk").select_for_update()
            batch = list(rows.filter(pk__gt=last)[:BATCH] if last else rows[:BATCH])
            stale = _find_stale([row.pk for row in batch], model)
            for row in batch:
                if row.pk in stale:
                    _rewrite(row, rehash)
        if not batch:
            return
        last = batch[-1].pk
        seen, changed = seen + len(batch), changed + len(stale)
        yield seen, changed


def _find_stale(ids: list[Any], model: type[models.Model]) -> set[Any]:
    """The rows of which any value is not under the first key."""
    names = [field.name for field in encrypted_fields(model)]
    raw = model._base_manager.filter(pk__in=ids).annotate(
        **{
            f"raw_{name}": models.functions.Cast(name, models.TextField())
            for name in names
        }
    )
    columns = [f"raw_{name}" for name in names]
    return {
        row["pk"]
        for row in raw.values("pk", *columns)
        if any(not _is_primary(row[column]) for column in columns)
    }


def _is_primary(token: str | None) -> bool:
    if not token:
        return True
    try:
        get_primary_cipher().decrypt(token.encode())
    except InvalidToken:
        return False
    return True


def _rewrite(row: models.Model, rehash: Rehash | None) -> None:
    values = {
        field.name: getattr(row, field.name) for field in encrypted_fields(type(row))
    }
    values |= rehash(row) if rehash else {}
    type(row)._base_manager.filter(pk=row.pk).update(**values)
