"""When a message that has failed is tried again."""

import random
from datetime import timedelta

DELAYS = [
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=12),
]
JITTER = 0.2
LONGEST = DELAYS[-1] * (1 + JITTER)

# A server that is down is asked less and less often, whatever waits for it.
SHORTEST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(minutes=5)


def delay_after(attempts: int) -> timedelta | None:
    """The time until the next attempt, a little off so that not everything comes back at once; None to give up."""
    if attempts > len(DELAYS):
        return None
    return DELAYS[attempts - 1] * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311 (nothing to guess)


def pause_after(failures: int) -> timedelta:
    return min(SHORTEST_PAUSE * 2 ** min(failures - 1, 10), LONGEST_PAUSE)
