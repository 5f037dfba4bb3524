"""The response cache, in front of Django: `application = DeliveryCache(get_wsgi_application())`."""

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from cms.delivery import settings
from cms.delivery.collecting import Collector, collecting, next_moment
from cms.delivery.compression import choose_encoding
from cms.delivery.edge_headers import add_edge_headers
from cms.delivery.entries import OF_THE_BODY, Entry, Headers, find, without
from cms.delivery.following import Follower, create_follower, register
from cms.delivery.memory import Clock, Memory
from cms.delivery.metrics import METRICS_PATH, answer_metrics
from cms.delivery.policy import OWN_HEADER, Policy, seconds_to_live
from cms.delivery.requests import (
    WatchedRequest,
    narrow_query,
    shared_environ,
    trusted_headers,
)

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

NAME = "Tongdao"
# A request waits so long for another that builds the same answer.
FLIGHT_SECONDS = 15.0


@dataclass
class Built:
    """What Django has answered."""

    status: str
    headers: Headers
    body: bytes
    collector: Collector


class DeliveryCache:
    """A WSGI application around Django's. Does nothing but pass on where DELIVERY["CACHE"] is false."""

    # Made at the first request.
    policy: Policy
    trusted: list[str]

    def __init__(self, application: Application) -> None:
        self.application = application
        self.is_on = bool(settings.get("CACHE"))
        if hasattr(application, "request_class"):
            application.request_class = WatchedRequest
        # Of an application that is not Django's own we do not know which parameters it reads.
        self.sees_parameters = hasattr(application, "request_class")
        self.memory = Memory(int(settings.get("CACHE_MEGABYTES")) * 1_000_000)
        self.follower: Follower | None = None
        self.starting = threading.Lock()
        self.flights: dict[str, threading.Event] = {}

    def __call__(
        self, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        if not self.is_on:
            return self.application(environ, start_response)
        if self.follower is None:
            self.start()
        if environ["PATH_INFO"] == METRICS_PATH:
            return answer_metrics(self, environ, start_response)
        reason = self.policy.bypass_reason(environ)
        if not reason and not self.follower.is_current():  # type: ignore[union-attr]
            reason = "catching-up"
        if reason:
            return self.bypass(reason, environ, start_response)
        return self.look_up(environ, start_response)

    def start(self) -> None:
        """At the first request: the process is the one that serves, and the project is set up."""
        with self.starting:
            if self.follower is None:
                self.policy = Policy()
                self.trusted = trusted_headers()
                follower = create_follower(self.memory)
                follower.start()
                register(follower)
                self.follower = follower

    # Addresses and keys

    def origin_of(self, environ: Environ) -> str:
        """Scheme, host and path, as Django is going to understand them."""
        parts = [environ["wsgi.url_scheme"], environ["HTTP_HOST"]]
        parts.extend(environ.get(name, "") for name in self.trusted)
        path = environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "")
        return " ".join((*parts, path))

    def look_up(
        self, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        origin = self.origin_of(environ)
        key = self.key_of(origin, environ)
        entry = self.memory.get(key)
        if entry is not None:
            self.memory.count("hits")
            ttl = int(entry.expires - time.monotonic())
            return self.send(entry, key, environ, start_response, f"hit; ttl={ttl}")
        if self.memory.is_uncacheable(key):
            return self.bypass("uncacheable", environ, start_response)
        return self.build_once(origin, key, environ, start_response)

    def key_of(self, origin: str, environ: Environ) -> str:
        query, language = self.what_matters(origin, environ)
        return f"{origin}?{query} {language}"

    def what_matters(self, origin: str, environ: Environ) -> tuple[str, str]:
        query = environ.get("QUERY_STRING", "")
        facts = self.memory.facts_of(origin)
        if facts is None:
            return query, ""
        language = environ.get("HTTP_ACCEPT_LANGUAGE", "") if facts.by_language else ""
        return narrow_query(query, facts.parameters), language

    # Building

    def build_once(
        self, origin: str, key: str, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Build the answer, or wait for the thread that is building it already."""
        with self.memory.lock:
            flight = self.flights.get(key)
            is_first = flight is None
            if flight is None:
                flight = self.flights[key] = threading.Event()
        if not is_first:
            flight.wait(FLIGHT_SECONDS)
            # What the other thread has learnt about the path may have made the key another.
            key = self.key_of(origin, environ)
            entry = self.memory.get(key)
            if entry is not None:
                self.memory.count("collapsed")
                status = "fwd=uri-miss; collapsed"
                return self.send(entry, key, environ, start_response, status)
            return self.build(origin, key, environ, start_response)
        try:
            return self.build(origin, key, environ, start_response)
        finally:
            self.flights.pop(key, None)
            flight.set()

    def build(
        self, origin: str, key: str, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        self.memory.count("misses")
        noted = self.memory.position
        query, language = self.what_matters(origin, environ)
        built = self.run(shared_environ(environ, query, language))
        if built is None:
            return self.give_up(key, "streaming", environ, start_response)
        reason = self.policy.refusal(built.status, built.headers, built.collector)
        if reason == "status" and built.status[0] in "45":
            return self.pass_on(built, environ, start_response)
        if reason:
            return self.give_up(key, reason, environ, start_response)
        if not self.is_built_from_key(origin, query, language, built):
            # The next request is built without what the view did not ask for.
            return self.build(origin, key, environ, start_response)
        return self.keep(origin, built, noted, environ, start_response)

    def is_built_from_key(
        self, origin: str, query: str, language: str, built: Built
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

    def keep(
        self,
        origin: str,
        built: Built,
        noted: int,
        environ: Environ,
        start_response: StartResponse,
    ) -> Iterable[bytes]:
        tags = built.collector.all_tags()
        seconds = self.seconds_of(built, noted)
        headers = public_headers(built.headers, tags, seconds)
        entry = Entry.build(
            built.status, headers, built.body, tags, time.monotonic() + seconds
        )
        key = self.key_of(origin, environ)
        stored = seconds > 0 and self.memory.put(key, entry, noted)
        status = "fwd=uri-miss; stored" if stored else "fwd=uri-miss"
        return self.send(entry, key, environ, start_response, status)

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

    # Answering

    def send(
        self,
        entry: Entry,
        key: str,
        environ: Environ,
        start_response: StartResponse,
        cache_status: str,
    ) -> Iterable[bytes]:
        encoding = choose_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        is_new = encoding not in entry.variants
        variant = entry.variant(encoding)
        if is_new:
            self.memory.resize(key)
        status_header = ("Cache-Status", f"{NAME}; {cache_status}")
        if matches(environ.get("HTTP_IF_NONE_MATCH"), variant.etag):
            headers = without(variant.headers, *OF_THE_BODY)
            start_response("304 Not Modified", [*headers, status_header])
            return []
        start_response(entry.status, [*variant.headers, status_header])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [variant.body]

    def give_up(
        self, key: str, reason: str, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        """The answer is not for everybody: it is built again, for the one who asks."""
        self.memory.mark_uncacheable(key)
        return self.bypass(reason, environ, start_response)

    def pass_on(
        self, built: Built, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        """An error is answered as it was built, and not kept."""
        self.memory.count_bypass("status")
        headers = without(built.headers, OWN_HEADER)
        status = f"{NAME}; fwd=uri-miss; fwd-status={built.status[:3]}"
        start_response(built.status, [*headers, ("Cache-Status", status)])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [built.body]

    def bypass(
        self, reason: str, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        self.memory.count_bypass(reason)
        forward = "method" if reason == "method" else "bypass"
        status = f"{NAME}; fwd={forward}; detail={reason}"

        def start(code: str, headers: Headers, exc_info: Any = None) -> Any:
            kept = without(headers, OWN_HEADER)
            return start_response(code, [*kept, ("Cache-Status", status)])

        return self.application(environ, start)


def public_headers(headers: Headers, tags: frozenset[str], seconds: float) -> Headers:
    """As everybody gets them. Encodings are chosen here, which everything between us and the client has to know."""
    kept = without(headers, OWN_HEADER, "content-length", "etag", "vary", "connection")
    vary = [name.strip() for name in find(headers, "vary").split(",") if name.strip()]
    if "accept-encoding" not in (name.lower() for name in vary):
        vary.append("Accept-Encoding")
    return add_edge_headers([*kept, ("Vary", ", ".join(vary))], tags, seconds)


def matches(if_none_match: str | None, etag: str) -> bool:
    """RFC 9110, 13.1.2: compared weakly."""
    if not if_none_match:
        return False
    if if_none_match.strip() == "*":
        return True
    candidates = (each.strip().removeprefix("W/") for each in if_none_match.split(","))
    return etag in candidates
