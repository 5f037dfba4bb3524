import logging
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from wagtail.contrib.frontend_cache.utils import get_backends

from cms.delivery.edges.base import Edge, Purge
from cms.outbox.outcomes import Outcome, Result

# Most backends log here; Cloudflare's also logs to the root.
LOGGERS = ("wagtail.frontendcache", "")


class WagtailEdge(Edge):
    """The backends of WAGTAILFRONTENDCACHE, for caches that only they know how to purge. They purge by address."""

    common = {"SITES": None, "ALSO": [], "AGAIN_AFTER": 30}
    optional = {"BACKENDS": None}
    is_by_tag = False

    def purge(self, purge: Purge) -> Outcome:
        by_host = defaultdict(list)
        for url in purge.urls:
            by_host[urlsplit(url).netloc].append(url)
        with logged_errors() as errors:
            for backend in get_backends(backends=self.options["BACKENDS"]).values():
                for host, urls in by_host.items():
                    if backend.invalidates_hostname(host):
                        backend.purge_batch(urls)
        if errors:
            return Outcome(Result.FAILED, f"{len(errors)} errors in Wagtail's log.")
        return Outcome(Result.SENT, f"{len(purge.urls)} addresses.")


@contextmanager
def logged_errors() -> Iterator[set[logging.LogRecord]]:
    """What this thread logs as an error meanwhile: the backends raise nothing and return nothing."""
    errors: set[logging.LogRecord] = set()
    handler = Collecting(errors)
    loggers = [logging.getLogger(name) for name in LOGGERS]
    for logger in loggers:
        logger.addHandler(handler)
    try:
        yield errors
    finally:
        for logger in loggers:
            logger.removeHandler(handler)


class Collecting(logging.Handler):
    def __init__(self, errors: set[logging.LogRecord]) -> None:
        super().__init__(logging.ERROR)
        self.errors = errors
        self.thread = threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self.thread:
            self.errors.add(record)
