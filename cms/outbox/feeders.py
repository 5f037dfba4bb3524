"""What fills the outbox on the worker's time: programs that follow something and have messages of it now and then."""

import logging
from collections.abc import Callable

from django.db import connection

logger = logging.getLogger(__name__)

Feeder = Callable[[], object]
_feeders: list[Feeder] = []


def register_feeder(feeder: Feeder) -> None:
    """Have it called in each round of every worker. It has to be quick, and right with several workers at a time."""
    if feeder not in _feeders:
        _feeders.append(feeder)


def run_feeders() -> None:
    for feeder in _feeders:
        try:
            feeder()
        except Exception as error:  # noqa: BLE001 (the others must go on)
            # No arguments of the error: they may hold what was to be sent.
            name = getattr(feeder, "__name__", type(feeder).__name__)
            logger.error("%s cannot fill the outbox: %s", name, type(error).__name__)
            if not connection.in_atomic_block:
                connection.close_if_unusable_or_obsolete()
