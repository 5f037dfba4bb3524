"""How a kept answer is sent, in the encoding and for the condition that a request names."""

from collections.abc import Callable, Hashable, Iterable
from functools import lru_cache
from typing import Any

from cms.delivery.compression import choose_encoding
from cms.delivery.entries import OF_THE_BODY, Entry, Variant, without
from cms.delivery.memory import Memory

Environ = dict[str, Any]
StartResponse = Callable[..., Any]

NAME = "Tongdao"


def answer(
    entry: Entry,
    variant: Variant,
    status: tuple[str, str],
    environ: Environ,
    start: StartResponse,
) -> Iterable[bytes]:
    if_none_match = environ.get("HTTP_IF_NONE_MATCH")
    if if_none_match and matches(if_none_match, variant.etag):
        headers = without(variant.headers, *OF_THE_BODY)
        start("304 Not Modified", [*headers, status])
        return []
    start(entry.status, [*variant.headers, status])
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [variant.body]


def variant_for(
    environ: Environ, entry: Entry, key: Hashable, memory: Memory
) -> Variant:
    """The answer in the encoding that the client takes; made when it is first asked for."""
    encoding = choose_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
    variant = entry.variant(encoding)
    if variant is None:
        variant = entry.add_variant(encoding, entry.plain_body())
        memory.resize(key)
    return variant


@lru_cache(5_000)
def hit_status(ttl: int) -> tuple[str, str]:
    return cache_status(f"hit; ttl={ttl}")


def cache_status(status: str) -> tuple[str, str]:
    """What became of the request (RFC 9211)."""
    return "Cache-Status", f"{NAME}; {status}"


def matches(if_none_match: str, etag: str) -> bool:
    """RFC 9110, 13.1.2: compared weakly."""
    if if_none_match.strip() == "*":
        return True
    candidates = (each.strip().removeprefix("W/") for each in if_none_match.split(","))
    return etag in candidates
