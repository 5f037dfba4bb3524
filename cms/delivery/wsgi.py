"""The response cache, in front of Django: `application = DeliveryCache(get_wsgi_application())`."""

import threading
import time
from collections.abc import Iterable
from typing import Any

from cms.delivery import settings
from cms.delivery.answering import (
    Environ,
    StartResponse,
    answer,
    cache_status,
    hit_status,
    variant_for,
)
from cms.delivery.building import Application, Builder, Built, Refused, Shared
from cms.delivery.entries import Entry, Headers, without
from cms.delivery.flights import Flights
from cms.delivery.following import Follower, create_follower, register
from cms.delivery.keys import Key, Keys, Origin
from cms.delivery.memory import Memory
from cms.delivery.metrics import METRICS_PATH, answer_metrics
from cms.delivery.policy import OWN_HEADER, Policy


class DeliveryCache:
    """A WSGI application around Django's. Does nothing but pass on where DELIVERY["CACHE"] is false."""

    # Made at the first request.
    policy: Policy
    keys: Keys
    builder: Builder

    def __init__(self, application: Application) -> None:
        self.application = application
        self.is_on = bool(settings.get("CACHE"))
        self.memory = Memory(int(settings.get("CACHE_MEGABYTES")) * 1_000_000)
        self.follower: Follower | None = None
        self.starting = threading.Lock()
        self.flights = Flights()

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
                follower = create_follower(self.memory)
                follower.start()
                register(follower)
                self.follow(follower)

    def follow(self, follower: Follower) -> None:
        self.policy = Policy()
        self.keys = Keys(self.memory)
        self.builder = Builder(self.application, self.memory, self.keys, self.policy)
        self.follower = follower

    def look_up(
        self, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        origin = self.keys.origin_of(environ)
        key = self.keys.key_of(origin, environ)
        entry = self.memory.get(key)
        if entry is not None:
            self.memory.count("hits")
            status = hit_status(int(entry.expires - time.monotonic()))
            return self.send(entry, key, status, environ, start_response)
        if self.memory.is_uncacheable(key):
            return self.bypass("uncacheable", environ, start_response)
        return self.build_once(origin, key, environ, start_response)

    def build_once(
        self, origin: Origin, key: Key, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Build the answer, or wait for the thread that is building it already."""
        with self.flights.join(key) as is_first:
            if not is_first:
                # What the other thread has learnt about the path may have made the key another.
                key = self.keys.key_of(origin, environ)
                entry = self.memory.get(key)
                if entry is not None:
                    self.memory.count("collapsed")
                    status = cache_status("fwd=uri-miss; collapsed")
                    return self.send(entry, key, status, environ, start_response)
            return self.build(origin, key, environ, start_response)

    def build(
        self, origin: Origin, key: Key, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        self.memory.count("misses")
        match self.builder.build(origin, environ):
            case Shared(entry, key, is_stored):
                word = "fwd=uri-miss; stored" if is_stored else "fwd=uri-miss"
                status = cache_status(word)
                return self.send(entry, key, status, environ, start_response)
            case Built() as error:
                return self.pass_on(error, environ, start_response)
            case Refused(reason):
                # It is built again, for the one who asks.
                self.memory.mark_uncacheable(key)
                return self.bypass(reason, environ, start_response)

    def send(
        self,
        entry: Entry,
        key: Key,
        status: tuple[str, str],
        environ: Environ,
        start_response: StartResponse,
    ) -> Iterable[bytes]:
        variant = variant_for(environ, entry, key, self.memory)
        return answer(entry, variant, status, environ, start_response)

    def pass_on(
        self, error: Built, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        self.memory.count_bypass("status")
        headers = without(error.headers, OWN_HEADER)
        status = f"fwd=uri-miss; fwd-status={error.status[:3]}"
        start_response(error.status, [*headers, cache_status(status)])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [error.body]

    def bypass(
        self, reason: str, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        self.memory.count_bypass(reason)
        forward = "method" if reason == "method" else "bypass"
        status = cache_status(f"fwd={forward}; detail={reason}")

        def start(code: str, headers: Headers, exc_info: Any = None) -> Any:
            return start_response(code, [*without(headers, OWN_HEADER), status])

        return self.application(environ, start)
