"""The answers of one process, and what has been invalidated lately."""

import threading
import time
from collections import Counter, OrderedDict, deque
from collections.abc import Hashable, Iterable
from datetime import datetime
from typing import NamedTuple

from django.db import models

from cms.delivery.entries import Entry
from cms.delivery.tags import EVERYTHING, any_tag

# An answer that takes longer to build than changes are remembered is not kept.
REMEMBERED_SECONDS = 120.0
# How long it is remembered that an answer cannot be kept.
UNCACHEABLE_SECONDS = 60.0
MOST_PATHS = 20_000

Clock = tuple[type[models.Model], str]


class PathFacts(NamedTuple):
    """What is known of the answers at a path: the query parameters that they depend on (None: on all), and whether
    they depend on Accept-Language."""

    parameters: frozenset[str] | None
    by_language: bool


class Invalidation(NamedTuple):
    position: int
    tags: frozenset[str]
    at: float


class Memory:
    """Bounded in bytes; what was not asked for lately goes first. Every method may be called by any thread.

    A hit takes no lock: it reads a dictionary and sets a flag. Counts are not locked either, and may miss one.
    """

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.lock = threading.RLock()
        # In the order in which they may go.
        self.entries: OrderedDict[Hashable, Entry] = OrderedDict()
        self.bytes = 0
        # The log's position up to which everything is invalidated.
        self.position = 0
        self.forgotten = 0
        self.recent: deque[Invalidation] = deque()
        self.paths: OrderedDict[Hashable, PathFacts] = OrderedDict()
        self.uncacheable: OrderedDict[Hashable, float] = OrderedDict()
        self.clocks: dict[Clock, datetime | None] = {}
        self.counts: Counter[str] = Counter()
        self.bypasses: Counter[str] = Counter()

    def start_at(self, position: int) -> None:
        """Begin empty, with a log that has come so far."""
        with self.lock:
            self.drop_all()
            self.position = self.forgotten = position
            self.recent.clear()
            self.clocks.clear()

    def get(self, key: Hashable) -> Entry | None:
        entry = self.entries.get(key)
        if entry is None:
            return None
        if entry.expires <= time.monotonic():
            self.expire(key, entry)
            return None
        entry.was_used = True
        return entry

    def expire(self, key: Hashable, entry: Entry) -> None:
        with self.lock:
            if self.entries.get(key) is entry:
                self.drop(key)
                self.counts["expired"] += 1

    def put(self, key: Hashable, entry: Entry, noted: int) -> bool:
        """Keep an answer whose building began when the log's position was `noted`, unless it is overtaken."""
        with self.lock:
            if noted < self.forgotten or self.is_overtaken(entry.tags, noted):
                self.counts["overtaken"] += 1
                return False
            if entry.size > self.most_bytes // 8:
                self.counts["too_large"] += 1
                return False
            self.drop(key)
            self.entries[key] = entry
            self.resize(key)
            self.counts["stored"] += 1
            return True

    def is_overtaken(self, tags: Iterable[str], noted: int) -> bool:
        """Whether something that the answer used was changed while it was built."""
        return any(
            each.position > noted and not each.tags.isdisjoint(tags)
            for each in self.recent
        )

    def resize(self, key: Hashable) -> None:
        """An entry has grown by another encoding, or is new."""
        with self.lock:
            entry = self.entries.get(key)
            if entry is None:
                return
            size = entry.size
            self.bytes += size - entry.counted
            entry.counted = size
            while self.bytes > self.most_bytes:
                self.drop_one()

    def drop_one(self) -> None:
        """The first that was not asked for since its turn came last: the others go to the end (second chance)."""
        while True:
            key, entry = next(iter(self.entries.items()))
            if not entry.was_used:
                break
            entry.was_used = False
            self.entries.move_to_end(key)
        self.drop(key)
        self.counts["evicted"] += 1

    def drop(self, key: Hashable) -> None:
        entry = self.entries.pop(key, None)
        if entry is not None:
            self.bytes -= entry.counted
            entry.counted = 0

    def drop_all(self) -> None:
        for key in list(self.entries):
            self.drop(key)

    def invalidate(self, changes: Iterable[tuple[int, Iterable[str]]]) -> int:
        """Drop what these changes have touched, in the log's order. Gives the number of answers that were dropped."""
        with self.lock:
            now = time.monotonic()
            together: set[str] = set()
            for position, tags in changes:
                if position > self.position:
                    self.position = position
                    self.recent.append(Invalidation(position, frozenset(tags), now))
                    together.update(tags)
            self.forget_old(now)
            dropped = self.drop_tagged(together) if together else 0
            self.counts["invalidated"] += dropped
            return dropped

    def forget_old(self, now: float) -> None:
        while self.recent and self.recent[0].at < now - REMEMBERED_SECONDS:
            self.forgotten = self.recent.popleft().position

    def drop_tagged(self, tags: set[str]) -> int:
        for clock in list(self.clocks):
            if EVERYTHING in tags or any_tag(clock[0]) in tags:
                del self.clocks[clock]
        if EVERYTHING in tags:
            number = len(self.entries)
            self.drop_all()
            return number
        touched = [
            key
            for key, entry in self.entries.items()
            if not tags.isdisjoint(entry.tags)
        ]
        for key in touched:
            self.drop(key)
        return len(touched)

    # What is known of addresses

    def facts_of(self, path: Hashable) -> PathFacts | None:
        return self.paths.get(path)

    def learn(
        self, path: Hashable, parameters: frozenset[str] | None, by_language: bool
    ) -> PathFacts:
        """Add to what is known of a path. It only ever grows: another request may have taken another way."""
        with self.lock:
            known = self.paths.pop(path, PathFacts(frozenset(), False))
            knows_all = parameters is not None and known.parameters is not None
            together = known.parameters | parameters if knows_all else None  # type: ignore[operator]
            facts = PathFacts(together, known.by_language or by_language)
            self.paths[path] = facts
            if len(self.paths) > MOST_PATHS:
                self.paths.popitem(last=False)
            return facts

    def mark_uncacheable(self, key: Hashable) -> None:
        with self.lock:
            self.uncacheable[key] = time.monotonic() + UNCACHEABLE_SECONDS
            if len(self.uncacheable) > MOST_PATHS:
                self.uncacheable.popitem(last=False)

    def is_uncacheable(self, key: Hashable) -> bool:
        until = self.uncacheable.get(key)
        return until is not None and until > time.monotonic()

    # Metrics

    def count(self, name: str) -> None:
        self.counts[name] += 1

    def count_bypass(self, reason: str) -> None:
        self.bypasses[reason] += 1
