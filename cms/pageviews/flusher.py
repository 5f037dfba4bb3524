"""A thread of each web process that writes the buffer every few seconds, and once more when the process ends."""

import logging
import threading
from collections.abc import Callable
from multiprocessing import util

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection

from cms.pageviews.writing import flush

logger = logging.getLogger(__name__)


class Flusher:
    """Started by the first view that is counted: a process that serves none has no thread."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.thread: threading.Thread | None = None

    def start(self) -> None:
        """Does nothing when it runs, or when PAGE_VIEWS_FLUSH_SECONDS is 0."""
        if self.thread or not settings.PAGE_VIEWS_FLUSH_SECONDS:
            return
        with self.lock:
            if self.thread is None:
                self.thread = threading.Thread(
                    target=self.run, name="page views", daemon=True
                )
                self.thread.start()
                at_exit(try_to_flush)

    def run(self) -> None:
        pause = threading.Event()
        while not pause.wait(settings.PAGE_VIEWS_FLUSH_SECONDS):
            try_to_flush()


def at_exit(function: Callable[[], None]) -> None:
    """Like `atexit`, which granian's workers never come to: they are children of multiprocessing, which ends them after
    these."""
    util.Finalize(None, function, exitpriority=0)


def try_to_flush() -> None:
    close_old_connections()
    try:
        flush()
    except DatabaseError:
        # They stay in the buffer for the next time.
        logger.warning("Page views could not be written; trying again.")
    finally:
        connection.close()


flusher = Flusher()
