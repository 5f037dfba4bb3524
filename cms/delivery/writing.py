"""Sees what the ORM writes: every INSERT, UPDATE and DELETE, with or without signals.

The compilers that write are wrapped. Around each statement on a tracked model the rows are compared, in the transaction
of the statement, and what has changed about published content goes into the log. So saving, `QuerySet.update`, bulk
operations, many-to-many changes, moves in a tree and fixtures are all the same to us.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, models, transaction
from django.db.models.sql import Query
from django.db.models.sql.compiler import (
    SQLDeleteCompiler,
    SQLInsertCompiler,
    SQLUpdateCompiler,
)
from django.db.models.sql.constants import MULTI

from cms.delivery.classification import BACKSTAGE_COLUMNS, is_tracked
from cms.delivery.collecting import unseen
from cms.delivery.locking import lock_log
from cms.delivery.recording import record
from cms.delivery.rows import Difference, Row, differences, snapshot

Execute = Callable[..., Any]
# Columns that tell nobody anything by themselves, but `numchild` tells that a page has its first child.
SILENT_COLUMNS = BACKSTAGE_COLUMNS - {"numchild"}


def watch_writes() -> None:
    for compiler, watch in (
        (SQLInsertCompiler, watch_insert),
        (SQLUpdateCompiler, watch_update),
        (SQLDeleteCompiler, watch_delete),
    ):
        # The one for DELETE inherits the method, which is watched for reading.
        if not hasattr(compiler.execute_sql, "writes_are_watched"):
            watched = watch(compiler.execute_sql)
            watched.writes_are_watched = True  # type: ignore[attr-defined]
            compiler.execute_sql = watched  # type: ignore[method-assign]


def is_watched(compiler: Any) -> bool:
    return compiler.using == DEFAULT_DB_ALIAS and is_tracked(compiler.query.model)


@contextmanager
def one_transaction() -> Iterator[None]:
    """The statement and its entry in the log together. The log is locked first, and rows only then: everybody in the
    same order, so that two writers never wait for each other."""
    with transaction.atomic(savepoint=False):
        with unseen():
            lock_log(connection)
        yield


def watch_update(execute_sql: Execute) -> Execute:
    @wraps(execute_sql)
    def watched(compiler: SQLUpdateCompiler, *args: Any, **kwargs: Any) -> Any:
        if not is_watched(compiler) or is_silent(compiler.query):
            return execute_sql(compiler, *args, **kwargs)
        return around(compiler, execute_sql, *args, **kwargs)

    return watched


def watch_delete(execute_sql: Execute) -> Execute:
    @wraps(execute_sql)
    def watched(compiler: SQLDeleteCompiler, *args: Any, **kwargs: Any) -> Any:
        if not is_watched(compiler):
            return execute_sql(compiler, *args, **kwargs)
        return around(compiler, execute_sql, *args, **kwargs)

    return watched


def around(compiler: Any, execute_sql: Execute, *args: Any, **kwargs: Any) -> Any:
    model = compiler.query.model
    with one_transaction():
        with unseen():
            pks = matching_keys(compiler)
            before = snapshot(model, pks)
        result = execute_sql(compiler, *args, **kwargs)
        if before:
            with unseen():
                record(differences(before, snapshot(model, pks)))
        return result


def is_silent(query: Any) -> bool:
    names = {field.attname for field, _model, _value in query.values}
    return names <= SILENT_COLUMNS


def matching_keys(compiler: Any) -> list[Any]:
    """The keys of the rows that the statement is for."""
    query = compiler.query.chain(klass=Query)
    query.get_initial_alias()
    query.select_related = False
    query.clear_ordering(force=True)
    query.extra = {}
    query.select = ()
    query.add_fields([query.get_meta().pk.name])
    chunks = query.get_compiler(compiler.using).execute_sql(MULTI) or ()
    return [row[0] for chunk in chunks for row in chunk]


def watch_insert(execute_sql: Execute) -> Execute:
    @wraps(execute_sql)
    def watched(
        compiler: SQLInsertCompiler, returning_fields: Any = None
    ) -> list[tuple[Any, ...]]:
        if not is_watched(compiler) or not compiler.query.objs:
            return execute_sql(compiler, returning_fields)
        with one_transaction():
            returned = execute_sql(compiler, returning_fields)
            with unseen():
                record(insertions(compiler, returned), is_certain=is_certain(compiler))
            return returned

    return watched


def is_certain(compiler: Any) -> bool:
    """An INSERT that updates what is there already does not tell what was there."""
    on_conflict = getattr(compiler.query, "on_conflict", None)
    return getattr(on_conflict, "name", "") != "UPDATE"


def insertions(compiler: Any, returned: list[tuple[Any, ...]]) -> list[Difference]:
    model = compiler.query.model
    objects = compiler.query.objs
    pks = inserted_keys(compiler, returned)
    if all(pk is not None for pk in pks):
        return differences({}, snapshot(model, pks))
    rows = (Row(model, values_of(model, each)) for each in objects)
    return [each for each in (Difference(None, row) for row in rows) if each.matters]


def inserted_keys(compiler: Any, returned: list[tuple[Any, ...]]) -> list[Any]:
    key = compiler.query.model._meta.pk
    names = [field.attname for field in compiler.returning_fields or ()]
    if returned and key.attname in names:
        return [row[names.index(key.attname)] for row in returned]
    return [getattr(each, key.attname) for each in compiler.query.objs]


def values_of(model: type[models.Model], instance: models.Model) -> dict[str, Any]:
    return {
        f.attname: getattr(instance, f.attname) for f in model._meta.concrete_fields
    }
