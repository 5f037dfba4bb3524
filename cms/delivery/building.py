"""Letting Django build an answer for everybody."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from cms.delivery.collecting import Collector, collecting, next_moment
from cms.delivery.compression import choose_encoding
from cms.delivery.edge_headers import add_edge_headers
from cms.delivery.entries import Entry, Headers, find, without
from cms.delivery.keys import Key, Keys, Origin, narrow_query
from cms.delivery.memory import Clock, Memory
from cms.delivery.policy import OWN_HEADER, Policy, seconds_to_live
from cms.delivery.requests import WatchedRequest, shared_environ

Environ = dict[str, Any]
Application = Callable[..., Iterable[bytes]]


@dataclass
class Built:
    """What Django has answered."""

    status: str
    headers: Headers
    body: bytes
    collector: Collector


@dataclass
class Shared:
    """An answer for everybody. It is not stored if something that it used was changed meanwhile."""

    entry: Entry
    key: Key
    is_stored: bool


@dataclass
class Refused:
    """The answer is not for everybody, for a reason in a word."""

    reason: str


class Builder:
    def __init__(
        self, application: Application, memory: Memory, keys: Keys, policy: Policy
    ) -> None:
        self.application = application
        self.memory = memory
        self.keys = keys
        self.policy = policy
        # Of an application that is not Django's own we do not know which parameters it reads.
        self.sees_parameters = hasattr(application, "request_class")
        if self.sees_parameters:
            application.request_class = WatchedRequest  # type: ignore[attr-defined]  # Django's own has it

    def build(self, origin: Origin, environ: Environ) -> Shared | Built | Refused:
        """An error comes as it was built: it is answered and not kept."""
        noted = self.memory.position
        query, language = self.keys.what_matters(origin, environ)
        built = self.run(shared_environ(environ, query, language))
        if built is None:
            return Refused("streaming")
        reason = self.policy.refusal(built.status, built.headers, built.collector)
        if reason == "status" and built.status[0] in "45":
            return built
        if reason:
            return Refused(reason)
        if not self.is_built_from_key(origin, query, language, built):
            # The next request is built without what the view did not ask for.
            self.memory.count("misses")
            return self.build(origin, environ)
        return self.share(origin, built, noted, environ)

    def is_built_from_key(
        self, origin: Origin, query: str, language: str, built: Built
    ) -> bool:
        """Whether the view saw nothing but what the key is made of, as far as is known after it has run."""
        by_language = "accept-language" in find(built.headers, "vary").lower()
        used = built.collector.parameters if self.sees_parameters else None
        parameters = None if used is None else frozenset(used)
        before = self.memory.facts_of(origin)
        facts = self.memory.learn(origin, parameters, by_language)
        if before is not None and before.by_language != facts.by_language:
            return False
        if before is None and by_language:
            return False
        return narrow_query(query, facts.parameters) == query

    def run(self, environ: Environ) -> Built | None:
        """Let Django answer. None: it answers with a stream, which is not read."""
        start: dict[str, Any] = {}

        def start_response(status: str, headers: Headers, exc_info: Any = None) -> None:
            start.update(status=status, headers=headers)

        with collecting() as collector:
            response = self.application(environ, start_response)
            try:
                if getattr(response, "streaming", False):
                    return None
                body = b"".join(response)
            finally:
                if hasattr(response, "close"):
                    response.close()
        return Built(start["status"], list(start["headers"]), body, collector)

    def share(
        self, origin: Origin, built: Built, noted: int, environ: Environ
    ) -> Shared:
        tags = built.collector.all_tags()
        seconds = self.seconds_of(built, noted)
        entry = Entry.build(
            built.status,
            public_headers(built.headers, tags, seconds),
            built.body,
            tags,
            time.monotonic() + seconds,
            choose_encoding(environ.get("HTTP_ACCEPT_ENCODING", "")),
        )
        key = self.keys.key_of(origin, environ)
        is_stored = seconds > 0 and self.memory.put(key, entry, noted)
        return Shared(entry, key, is_stored)

    def seconds_of(self, built: Built, noted: int) -> float:
        seconds = seconds_to_live(built.headers, built.collector)
        if not built.collector.clocks:
            return seconds
        # Not later than the view looked at the clock: the next moment may have come while it was working.
        started_at = built.collector.started_at
        moments = [
            self.moment_of(clock, started_at, noted) for clock in built.collector.clocks
        ]
        coming = [moment for moment in moments if moment is not None]
        if not coming:
            return seconds
        return min(seconds, (min(coming) - timezone.now()).total_seconds())

    def moment_of(self, clock: Clock, after: datetime, noted: int) -> datetime | None:
        """When answers that compare this column with the present change next. Looked up once for many answers."""
        clocks = self.memory.clocks
        if clock in clocks:
            known = clocks[clock]
            if known is None or known > after:
                return known
        found = next_moment([clock], after)
        with self.memory.lock:
            if self.memory.position == noted:
                clocks[clock] = found
        return found


def public_headers(headers: Headers, tags: frozenset[str], seconds: float) -> Headers:
    """As everybody gets them. Encodings are chosen here, which everything between us and the client has to know."""
    kept = without(headers, OWN_HEADER, "content-length", "etag", "vary", "connection")
    vary = [name.strip() for name in find(headers, "vary").split(",") if name.strip()]
    if "accept-encoding" not in (name.lower() for name in vary):
        vary.append("Accept-Encoding")
    return add_edge_headers([*kept, ("Vary", ", ".join(vary))], tags, seconds)
