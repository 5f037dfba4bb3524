"""One writer of the log at a time, so that positions become visible in their order."""

from typing import Any

# "tongdao" in ASCII, for PostgreSQL's advisory locks, which are known by number.
LOG_LOCK = 0x746F6E6764616F


def lock_log(connection: Any) -> None:
    """Until the end of the transaction. SQLite lets one transaction write at a time anyway.

    Without it a follower could see position 8 before 7, whose transaction took longer, and never ask for 7 again.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOG_LOCK])
