"""What the answer that this thread is building depends on."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from sys import intern
from typing import Any

from django.db import connection, models
from django.utils import timezone

from cms.delivery import tags
from cms.delivery.classification import (
    Treatment,
    aging_seconds,
    chain_of,
    has_drafts,
    treatment_of,
)
from cms.delivery.tags import object_tag

_thread = threading.local()

# The first words of statements that read.
READS = ("SELECT", "WITH")


class Collector:
    """Gathers tags while an answer is built, and what speaks against keeping it."""

    def __init__(self) -> None:
        # No view has looked at the clock before.
        self.started_at = timezone.now()
        self.tags: set[str] = {tags.EVERYTHING}
        self.models: set[type[models.Model]] = set()
        # Why the answer must not be kept, as a word for metrics.
        self.refusal = ""
        # It is not kept longer than this.
        self.seconds: float | None = None
        # Columns that were compared with the present: the answer changes by itself when the next value comes.
        self.clocks: set[tuple[type[models.Model], str]] = set()
        # The query parameters that were asked for; None: the query as a whole.
        self.parameters: set[str] | None = set()
        self.cookies: set[str | None] = set()
        self.is_suspended = False
        self.compiling = 0

    def declare(self, names: Iterable[str]) -> None:
        self.tags.update(names)

    def refuse(self, reason: str) -> None:
        self.refusal = self.refusal or reason

    def limit(self, seconds: float) -> None:
        self.seconds = seconds if self.seconds is None else min(self.seconds, seconds)

    def is_for_all_answers(self) -> bool:
        """Whether nothing of the request was asked for, and nothing grows old that was read."""
        is_shared = self.parameters == set() and not self.cookies
        return is_shared and not self.refusal and self.seconds is None

    def absorb(self, other: "Collector") -> None:
        """What was gathered for a part of the answer is the answer's too."""
        self.tags |= other.tags
        self.models |= other.models
        self.clocks |= other.clocks
        self.cookies |= other.cookies
        self.refuse(other.refusal)
        if other.seconds is not None:
            self.limit(other.seconds)
        for name in other.parameters if other.parameters is not None else (None,):
            self.use_parameter(name)

    def use_parameter(self, name: str | None) -> None:
        if name is None or self.parameters is None:
            self.parameters = None
        else:
            self.parameters.add(name)

    def use_cookie(self, name: str | None) -> None:
        self.cookies.add(name)

    def use_model(self, model: type[models.Model]) -> bool:
        """Note that a model is read. Says whether what is read of it is to be followed."""
        treatment = treatment_of(model)
        if treatment is Treatment.PRIVATE:
            self.refuse("private")
        elif treatment is Treatment.AGING:
            self.limit(aging_seconds(model))
        if treatment is not Treatment.TRACKED:
            return False
        self.models.add(model)
        return True

    def all_tags(self) -> frozenset[str]:
        """What was gathered, with a tag for each model."""
        chains = (each for model in self.models for each in chain_of(model))
        found = self.tags.union(map(tags.all_tag, chains))
        # Thousands of answers have the same tags: one string for all of them.
        return frozenset(map(intern, found))

    def use_instance(self, instance: models.Model) -> None:
        model = type(instance)
        if self.use_model(model):
            tag = object_tag(model, instance.pk)
            self.tags.add(tag)
            if instance.__dict__.get("live") is False and has_drafts(model):
                self.tags.add(tags.draft_tag(tag))

    def watch_statement(
        self, execute: Any, sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        """What is read past the ORM cannot be followed."""
        is_read = sql.lstrip("( \n").upper().startswith(READS)
        if is_read and not self.compiling and not self.is_suspended:
            self.refuse("raw-sql")
        return execute(sql, params, many, context)


def current() -> Collector | None:
    """The collector of this thread, unless it looks away."""
    collector = getattr(_thread, "collector", None)
    return None if collector is None or collector.is_suspended else collector


@contextmanager
def collecting() -> Iterator[Collector]:
    """While an answer is built."""
    collector = _thread.collector = Collector()
    try:
        with connection.execute_wrapper(collector.watch_statement):
            yield collector
    finally:
        _thread.collector = None


@contextmanager
def collecting_apart() -> Iterator[Collector]:
    """While a part of an answer is built: what it depends on is gathered by itself."""
    answer, part = _thread.collector, Collector()
    answer.is_suspended = True
    _thread.collector = part
    try:
        with connection.execute_wrapper(part.watch_statement):
            yield part
    finally:
        _thread.collector = answer
        answer.is_suspended = False


@contextmanager
def unseen() -> Iterator[None]:
    """For reading of our own in between, which the answer does not depend on."""
    collector = getattr(_thread, "collector", None)
    if collector is None or collector.is_suspended:
        yield
        return
    collector.is_suspended = True
    try:
        yield
    finally:
        collector.is_suspended = False


def next_moment(
    clocks: Iterable[tuple[type[models.Model], str]], after: datetime
) -> datetime | None:
    """The next of these columns' values after a moment: what was compared with the present changes then."""
    moments = []
    with unseen():
        for model, column in clocks:
            field = model._meta.get_field(column)
            is_time = isinstance(field, models.DateTimeField)
            value = after if is_time else timezone.localdate(after)
            rows = model._base_manager.filter(**{f"{column}__gt": value})
            found = rows.aggregate(next=models.Min(column))["next"]
            if found is not None:
                moments.append(found if is_time else midnight_of(found))
    return min(moments, default=None)


def midnight_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
