"""How a process's memory is doing, in the text format of Prometheus, for those who have the token."""

import hmac
import os
from collections.abc import Iterable, Iterator
from typing import Any

from cms.delivery import settings
from cms.delivery.models import Change

METRICS_PATH = "/-/delivery/metrics"
PREFIX = "delivery_cache"
COUNTERS = (
    *("hits", "misses", "collapsed", "stored", "overtaken", "expired"),
    *("invalidated", "evicted", "too_large"),
)


def answer_metrics(
    cache: Any, environ: dict[str, Any], start_response: Any
) -> Iterable[bytes]:
    token = settings.get("METRICS_TOKEN")
    given = environ.get("HTTP_AUTHORIZATION", "").removeprefix("Bearer ")
    headers = [("Cache-Control", "no-store")]
    if not token or not hmac.compare_digest(given.encode(), token.encode()):
        start_response("404 Not Found", [*headers, ("Content-Length", "0")])
        return []
    body = "".join(f"{line}\n" for line in lines(cache)).encode()
    headers += [
        ("Content-Type", "text/plain; version=0.0.4; charset=utf-8"),
        ("Content-Length", str(len(body))),
    ]
    start_response("200 OK", headers)
    return [body]


def lines(cache: Any) -> Iterator[str]:
    memory, follower = cache.memory, cache.follower
    process = f'process="{os.getpid()}"'
    for name in COUNTERS:
        yield f"# TYPE {PREFIX}_{name}_total counter"
        yield f"{PREFIX}_{name}_total{{{process}}} {memory.counts[name]}"
    yield f"# TYPE {PREFIX}_bypasses_total counter"
    for reason, number in sorted(memory.bypasses.items()):
        yield f'{PREFIX}_bypasses_total{{{process},reason="{reason}"}} {number}'
    is_current = follower.is_current()
    behind = Change.objects.filter(position__gt=memory.position).count()
    gauges = {
        "entries": len(memory.entries),
        "bytes": memory.bytes,
        "position": memory.position,
        # Changes that are committed and not followed yet.
        "lag_changes": behind,
        "current": int(is_current),
    }
    for name, value in gauges.items():
        yield f"# TYPE {PREFIX}_{name} gauge"
        yield f"{PREFIX}_{name}{{{process}}} {value}"
