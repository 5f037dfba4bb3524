"""Views go from the buffer to the database: many at a time, each visitor once."""

import threading
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from wagtail.models import Page

from cms.pageviews.buffer import buffer
from cms.pageviews.models import today

# Who reads a page again within this time is not counted again.
WINDOW = timedelta(minutes=30)
# SQLite takes at most so many rows and values in a statement.
BATCH = 300

ADMIT = """
    INSERT INTO pageviews_recentview (visitor, counted_at) VALUES {rows}
    ON CONFLICT (visitor) DO UPDATE SET counted_at = excluded.counted_at
    WHERE pageviews_recentview.counted_at < %s
    RETURNING visitor
"""
ADD_TOTAL = """
    INSERT INTO pageviews_viewtotal (page_id, total) VALUES {rows}
    ON CONFLICT (page_id) DO UPDATE SET total = pageviews_viewtotal.total + excluded.total
"""
ADD_DAILY = """
    INSERT INTO pageviews_dailyviews (page_id, day, number) VALUES {rows}
    ON CONFLICT (page_id, day) DO UPDATE SET number = pageviews_dailyviews.number + excluded.number
"""


# A process that ends waits for what its thread is writing.
one_at_a_time = threading.Lock()


def flush() -> int:
    """Write what the buffer holds, and give how many views were counted. What cannot be written stays in the buffer."""
    with one_at_a_time:
        views = buffer.take()
        if not views:
            return 0
        try:
            return write(views)
        except Exception:
            buffer.put_back(views)
            raise


@transaction.atomic
def write(views: dict[str, int]) -> int:
    """Sorted, so that processes that write at one time do not wait for each other crosswise."""
    new = [visitor for group in in_batches(sorted(views)) for visitor in admit(group)]
    counts = Counter(views[visitor] for visitor in new)
    pages = sorted(find_pages(counts))
    day = connection.ops.adapt_datefield_value(today())
    for group in in_batches(pages):
        add(ADD_TOTAL, [(page_id, counts[page_id]) for page_id in group])
        add(ADD_DAILY, [(page_id, day, counts[page_id]) for page_id in group])
    return sum(counts[page_id] for page_id in pages)


def admit(visitors: list[str]) -> list[str]:
    """Those that were not counted within the window. One statement, which all processes share: the query set has none
    that updates what is old and tells what it has written."""
    now = timezone.now()
    rows = [(visitor, adapt(now)) for visitor in visitors]
    with connection.cursor() as cursor:
        cursor.execute(
            ADMIT.format(rows=marks(rows)), [*flat(rows), adapt(now - WINDOW)]
        )
        return [visitor for (visitor,) in cursor.fetchall()]


def find_pages(counts: Counter[int]) -> Iterator[int]:
    """Of what was sent, the pages that are published."""
    for group in in_batches(sorted(counts)):
        yield from Page.objects.live().filter(pk__in=group).values_list("pk", flat=True)


def add(statement: str, rows: list[tuple]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement.format(rows=marks(rows)), flat(rows))


def in_batches(items: list) -> Iterator[list]:
    for start in range(0, len(items), BATCH):
        yield items[start : start + BATCH]


def marks(rows: list[tuple]) -> str:
    row = f"({', '.join(['%s'] * len(rows[0]))})"
    return ", ".join([row] * len(rows))


def flat(rows: list[tuple]) -> list:
    return [value for row in rows for value in row]


def adapt(moment: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(moment)
