import logging
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_log_lines() -> Iterator[None]:
    """Wagtail logs each page that it saves or publishes: noise amid the words of a command. Warnings are shown."""
    logger = logging.getLogger("wagtail")
    before = logger.level
    logger.setLevel(max(logging.WARNING, logger.getEffectiveLevel()))
    try:
        yield
    finally:
        logger.setLevel(before)
