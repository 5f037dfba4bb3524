"""Which requests get the same answer."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl

from cms.delivery.memory import Memory
from cms.delivery.requests import trusted_headers

# Tuples, so that no part can be taken for another, whatever characters a client puts into it.
Origin = tuple[str | None, ...]
Key = tuple[Origin, str, str]


class Keys:
    def __init__(self, memory: Memory) -> None:
        self.memory = memory
        self.names = (
            *("wsgi.url_scheme", "HTTP_HOST", "SCRIPT_NAME", "PATH_INFO"),
            *trusted_headers(),
        )

    def origin_of(self, environ: dict[str, Any]) -> Origin:
        """Scheme, host and path, as Django is going to understand them."""
        return tuple(map(environ.get, self.names))

    def key_of(self, origin: Origin, environ: dict[str, Any]) -> Key:
        return (origin, *self.what_matters(origin, environ))

    def what_matters(self, origin: Origin, environ: dict[str, Any]) -> tuple[str, str]:
        """The query string and the language, as far as the answer may depend on them."""
        query = environ.get("QUERY_STRING", "")
        facts = self.memory.facts_of(origin)
        if facts is None:
            return query, ""
        if query:
            query = narrow_query(query, facts.parameters)
        if facts.by_language:
            return query, environ.get("HTTP_ACCEPT_LANGUAGE", "")
        return query, ""


@lru_cache(2_000)
def narrow_query(query: str, known: frozenset[str] | None) -> str:
    """A query string with the parameters that matter, in one order. None: all of them matter."""
    if known is None:
        return query
    parts = [part for part in query.split("&") if part and name_of(part) in known]
    # Equal names keep their order, which views may see.
    return "&".join(sorted(parts, key=lambda part: part.partition("=")[0]))


def name_of(part: str) -> str:
    parsed: Iterable[tuple[str, str]] = parse_qsl(part, keep_blank_values=True)
    return next(iter(parsed), ("", ""))[0]
