"""What a project may set in `DELIVERY`, with what holds otherwise. `docs/delivery-cache.md` explains each."""

from typing import Any

from django.conf import settings

DEFAULTS: dict[str, Any] = {
    # Whether answers are kept in memory. The log of changes is written either way.
    "CACHE": True,
    "CACHE_MEGABYTES": 64,
    # No answer is kept longer than this many seconds, whatever happens: the safety net.
    "MAX_AGE": 3_600,
    # Models, or whole apps, whose rows no public answer may be kept of.
    "PRIVATE": [],
    # Models that say nothing about what visitors see, though answers may read them.
    "IGNORED": [],
    # Models whose changes nobody is told of: an answer that read one is kept so many seconds at most.
    "AGING": {},
    # Paths that are never kept, besides those of Wagtail's admin and of files.
    "BYPASS_PATHS": [],
    # "Surrogate-Key" or "Cache-Tag": answers carry their tags in this header, for a CDN that purges by tag.
    "TAG_HEADER": "",
    # Cache-Control for shared caches that are purged: {"html": (s-maxage, stale-while-revalidate), "api": …}.
    "EDGE_AGES": {},
    # Where purges go: see docs/delivery-cache.md.
    "EDGES": {},
    # Who shows this token may read the metrics of a process; without one they are nowhere.
    "METRICS_TOKEN": "",
}


def get(name: str) -> Any:
    return getattr(settings, "DELIVERY", {}).get(name, DEFAULTS[name])


def unknown_names() -> list[str]:
    return sorted(set(getattr(settings, "DELIVERY", {})) - set(DEFAULTS))
