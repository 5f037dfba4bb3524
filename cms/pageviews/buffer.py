"""Views that are counted and not yet in the database: in the memory of each process, for a few seconds."""

import threading

# So many take about 20 MB. Beyond that somebody floods us, and views are not worth more.
LARGEST = 100_000


class Buffer:
    """Views by visitor. Whoever reads a page twice before the next flush stands here once anyway."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.views: dict[str, int] = {}

    def add(self, visitor: str, page_id: int) -> None:
        with self.lock:
            if len(self.views) < LARGEST:
                self.views.setdefault(visitor, page_id)

    def take(self) -> dict[str, int]:
        """Everything, to be written by the caller."""
        with self.lock:
            views, self.views = self.views, {}
            return views

    def put_back(self, views: dict[str, int]) -> None:
        """What could not be written."""
        with self.lock:
            for visitor, page_id in views.items():
                if len(self.views) < LARGEST:
                    self.views.setdefault(visitor, page_id)


buffer = Buffer()
