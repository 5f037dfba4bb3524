"""Parts of answers that are remembered, and forgotten by the same tags as answers.

The memory that stands behind `cms.core.remembering`. A part is remembered only while an answer for everybody is built,
in a process that follows the log; the answer gets the tags of each part that it uses.
"""

import pickle
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable
from datetime import datetime
from sys import intern
from typing import Any, NamedTuple, TypeVar

from django.utils import timezone

from cms.delivery import settings
from cms.delivery.collecting import Collector, collecting_apart, current, next_moment

Value = TypeVar("Value")
Key = tuple[Any, ...]

# A part that takes longer to build than changes are remembered is not kept.
REMEMBERED_SECONDS = 120.0
# Parts may take so much of the memory for answers, and of the time that these are kept: an answer may begin with a part
# that is as old as that.
SHARE = 8
# What a part costs besides its bytes, about.
OVERHEAD = 2_000


class Fragment(NamedTuple):
    # Pickled, so that nobody shares an object with another answer: what one has looked up beside it, the other would
    # find there without its tags.
    content: bytes
    collector: Collector
    # On the clock of time.monotonic().
    expires: float
    changes_at: datetime | None

    @property
    def is_current(self) -> bool:
        if self.expires <= time.monotonic():
            return False
        return self.changes_at is None or timezone.now() < self.changes_at


class Fragments:
    """Bounded in bytes; what was not asked for longest goes first. Every method may be called by any thread."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.entries: OrderedDict[Key, Fragment] = OrderedDict()
        self.bytes = 0
        # How many times something has been forgotten, and what lately.
        self.turn = 0
        self.recent: deque[tuple[int, float, frozenset[str]]] = deque()
        # Nothing is remembered before somebody tells of changes.
        self.is_followed = False

    def remember(
        self,
        key: Key,
        build: Callable[[], Value],
        changes_at: Callable[[Value], datetime | None],
    ) -> Value:
        """While an answer is built."""
        answer = current()
        if answer is None:
            return build()
        fragment = self.get(key)
        if fragment is not None:
            answer.absorb(fragment.collector)
            return pickle.loads(fragment.content)  # noqa: S301 (our own)
        noted = self.turn
        with collecting_apart() as collector:
            value = build()
        answer.absorb(collector)
        if collector.is_for_all_answers():
            moment = changes_at(value)
            self.put(key, make_fragment(value, collector, moment), noted)
        return value

    def get(self, key: Key) -> Fragment | None:
        with self.lock:
            fragment = self.entries.get(key)
            if fragment is None:
                return None
            if not fragment.is_current:
                self.drop(key)
                return None
            self.entries.move_to_end(key)
            return fragment

    def put(self, key: Key, fragment: Fragment, noted: int) -> None:
        """Keep a part whose building began when so many changes had been seen, unless it is overtaken."""
        with self.lock:
            if self.is_overtaken(fragment, noted):
                return
            self.drop(key)
            self.entries[key] = fragment
            self.bytes += size_of(fragment)
            while self.bytes > settings.get("CACHE_MEGABYTES") * 1_000_000 // SHARE:
                self.drop(next(iter(self.entries)))

    def is_overtaken(self, fragment: Fragment, noted: int) -> bool:
        known_since = self.recent[0][0] if self.recent else self.turn + 1
        if noted + 1 < known_since and noted < self.turn:
            return True
        return any(
            turn > noted and not tags.isdisjoint(fragment.collector.tags)
            for turn, _at, tags in self.recent
        )

    def forget(self, tags: Iterable[str]) -> None:
        """Drop what these have touched. To be called before the memory of answers moves on: an answer that is built
        from then on must not use it."""
        touched = frozenset(tags)
        with self.lock:
            now = time.monotonic()
            self.turn += 1
            self.recent.append((self.turn, now, touched))
            while self.recent[0][1] < now - REMEMBERED_SECONDS:
                self.recent.popleft()
            for key, fragment in list(self.entries.items()):
                if not touched.isdisjoint(fragment.collector.tags):
                    self.drop(key)

    def drop(self, key: Key) -> None:
        fragment = self.entries.pop(key, None)
        if fragment is not None:
            self.bytes -= size_of(fragment)

    def clear(self) -> None:
        with self.lock:
            self.entries.clear()
            self.bytes = 0


def make_fragment(
    value: Any, collector: Collector, changes_at: datetime | None
) -> Fragment:
    moments = [changes_at, next_moment(collector.clocks, collector.started_at)]
    collector.tags = set(map(intern, collector.all_tags()))
    return Fragment(
        pickle.dumps(value, pickle.HIGHEST_PROTOCOL),
        collector,
        time.monotonic() + settings.get("MAX_AGE") / SHARE,
        min(filter(None, moments), default=None),
    )


def size_of(fragment: Fragment) -> int:
    return OVERHEAD + len(fragment.content) + 60 * len(fragment.collector.tags)


fragments = Fragments()


def find_memory() -> Fragments | None:
    """For whoever builds an answer for everybody: it knows no session, no preview and no cookie."""
    return fragments if fragments.is_followed and current() is not None else None
