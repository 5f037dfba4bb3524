"""Sees what the ORM reads while an answer is built.

Django has no hook for this, so its one way to the database and its one way from a row to an instance are wrapped, as
caching packages for the ORM do. Outside of an answer that is being built the wrappers do nothing.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model
from django.db.models.sql.compiler import (
    SQLCompiler,
    SQLDeleteCompiler,
    SQLInsertCompiler,
    SQLUpdateCompiler,
)

from cms.delivery.collecting import Collector, current
from cms.delivery.conditions import NotUnderstood
from cms.delivery.dependencies import Dependencies, reverse_one_to_one_tags

WRITERS = (SQLInsertCompiler, SQLUpdateCompiler, SQLDeleteCompiler)


def watch_reads() -> None:
    if not hasattr(SQLCompiler.execute_sql, "is_watched"):
        SQLCompiler.execute_sql = watch_query(SQLCompiler.execute_sql)  # type: ignore[method-assign]
        Model.from_db = watch_instance(Model.from_db.__func__)  # type: ignore[assignment, attr-defined, method-assign]


def watch_query(execute_sql: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(execute_sql)
    def watched(compiler: SQLCompiler, *args: Any, **kwargs: Any) -> Any:
        collector = current()
        if collector is None:
            return execute_sql(compiler, *args, **kwargs)
        collector.compiling += 1
        try:
            result = execute_sql(compiler, *args, **kwargs)
        finally:
            collector.compiling -= 1
        # The compilers that write have a wrapper of their own and come here only to be carried out.
        if not isinstance(compiler, WRITERS):
            collect(compiler, collector)
        return result

    watched.is_watched = True  # type: ignore[attr-defined]
    return watched


def collect(compiler: SQLCompiler, collector: Collector) -> None:
    if compiler.using != DEFAULT_DB_ALIAS:
        collector.refuse("other-database")
        return
    try:
        dependencies = Dependencies(compiler.query, collector)
        dependencies.collect()
        collector.tags.update(reverse_one_to_one_tags(compiler, dependencies))
    except NotUnderstood:
        collector.refuse("raw-sql")


def watch_instance(from_db: Callable[..., Model]) -> classmethod:
    @wraps(from_db)
    def watched(cls: type[Model], *args: Any, **kwargs: Any) -> Model:
        instance = from_db(cls, *args, **kwargs)
        if collector := current():
            collector.use_instance(instance)
        return instance

    return classmethod(watched)
