"""What one thread builds, the others wait for."""

import threading
from collections.abc import Hashable, Iterator
from contextlib import contextmanager

# A request waits so long for another that builds the same answer.
LONGEST_SECONDS = 15.0


class Flights:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.landings: dict[Hashable, threading.Event] = {}

    @contextmanager
    def join(self, key: Hashable) -> Iterator[bool]:
        """Gives whether nobody is building this yet; otherwise begins when it is built."""
        with self.lock:
            landing = self.landings.get(key)
            is_first = landing is None
            if landing is None:
                landing = self.landings[key] = threading.Event()
        if not is_first:
            landing.wait(LONGEST_SECONDS)
            yield False
            return
        try:
            yield True
        finally:
            self.landings.pop(key, None)
            landing.set()
