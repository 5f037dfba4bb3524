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
from django.db.models import lookups
from django.db.models.expressions import Col
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
from cms.delivery.rows import Difference, Row, Rows, chunks, differences, snapshot

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
    """The keys of the rows that the statement is for. Saving an object names its own."""
    own = own_key(compiler.query)
    if own is not None:
        return [own]
    query = compiler.query.chain(klass=Query)
    query.get_initial_alias()
    query.select_related = False
    query.clear_ordering(force=True)
    query.extra = {}
    query.select = ()
    query.add_fields([query.get_meta().pk.name])
    chunks = query.get_compiler(compiler.using).execute_sql(MULTI) or ()
    return [row[0] for chunk in chunks for row in chunk]


def own_key(query: Any) -> Any:
    """The key where `WHERE` is nothing but that: there may still be no such row."""
    if query.where.negated or len(query.where.children) != 1:
        return None
    [lookup] = query.where.children
    if not isinstance(lookup, lookups.Exact) or hasattr(
        lookup.rhs, "resolve_expression"
    ):
        return None
    column = lookup.lhs
    is_key = isinstance(column, Col) and column.target is query.get_meta().pk
    return lookup.rhs if is_key else None


def watch_insert(execute_sql: Execute) -> Execute:
    @wraps(execute_sql)
    def watched(
        compiler: SQLInsertCompiler, returning_fields: Any = None
    ) -> list[tuple[Any, ...]]:
        if not is_watched(compiler) or not compiler.query.objs:
            return execute_sql(compiler, returning_fields)
        with one_transaction():
            with unseen():
                before = overwritten(compiler)
            returned = execute_sql(compiler, returning_fields)
            with unseen():
                record(insertions(compiler, returned, before))
            return returned

    return watched


def overwritten(compiler: Any) -> Rows | None:
    """The rows that an INSERT is going to update, where it does so instead of failing. None: it does not."""
    query = compiler.query
    if getattr(query.on_conflict, "name", "") != "UPDATE":
        return None
    names = [getattr(field, "attname", field) for field in query.unique_fields]
    pks: list[Any] = []
    for objects in chunks(query.objs):
        if len(names) == 1:
            values = [getattr(each, names[0]) for each in objects]
            same = models.Q(**{f"{names[0]}__in": values})
        else:
            same = models.Q()
            for each in objects:
                same |= models.Q(**{name: getattr(each, name) for name in names})
        found = query.model._base_manager.filter(same)
        pks.extend(found.values_list("pk", flat=True))
    return snapshot(query.model, pks)


def insertions(
    compiler: Any, returned: list[tuple[Any, ...]], before: Rows | None
) -> list[Difference]:
    model = compiler.query.model
    objects = compiler.query.objs
    pks = inserted_keys(compiler, returned)
    if all(pk is not None for pk in pks):
        return differences(before or {}, snapshot(model, pks))
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
