"""Keeping a process's memory up with the log, whoever writes it."""

import json
import logging
import sqlite3
import threading
import time
from typing import Any, Protocol

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections
from wagtail.models import Site

from cms.delivery.collecting import unseen
from cms.delivery.fragments import fragments
from cms.delivery.memory import Memory
from cms.delivery.models import Change
from cms.delivery.recording import CHANNEL
from cms.delivery.wal_index import WalIndex

logger = logging.getLogger(__name__)

# PostgreSQL: how often the log is looked at when nobody has notified us, which also shows that the connection lives.
HEARTBEAT_SECONDS = 0.5
# Without a look for so long, answers are not taken from memory.
LOST_AFTER_SECONDS = 2.0
PAUSE_AFTER_ERROR_SECONDS = 0.5
BATCH = 1_000

Record = tuple[int, list[str]]


class Follower(Protocol):
    memory: Memory

    def start(self) -> None:
        """Called once, by the first request: a process that serves none follows nothing."""

    def is_current(self) -> bool:
        """Whether memory holds nothing stale, as far as can be known. Called for each request."""

    def catch_up(self) -> None:
        """Read the log now. Called when this process itself has committed."""


def apply(memory: Memory, records: list[Record]) -> None:
    if not records:
        return
    for _position, tags in records:
        if "list-wagtailcore.page" in tags or "any-wagtailcore.site" in tags:
            # Wagtail remembers where sites begin, in each process if there is no shared cache.
            Site.clear_site_root_paths_cache()
            break
    fragments.forget({tag for _position, tags in records for tag in tags})
    memory.invalidate(records)


class PostgresFollower:
    """A thread with a connection of its own that listens."""

    def __init__(self, memory: Memory) -> None:
        self.memory = memory
        self.lock = threading.Lock()
        self.seen_at = 0.0
        self.is_listening = False

    def start(self) -> None:
        with unseen():
            self.memory.start_at(last_position())
        thread = threading.Thread(target=self.run, name="delivery", daemon=True)
        thread.start()

    def is_current(self) -> bool:
        return time.monotonic() - self.seen_at < LOST_AFTER_SECONDS

    def catch_up(self) -> None:
        with self.lock, unseen():
            while records := read_log(self.memory.position):
                apply(self.memory, records)

    def run(self) -> None:
        while True:
            try:
                self.listen()
            except Exception as error:  # noqa: BLE001 (the thread must outlive whatever happens to its connection)
                self.seen_at = 0.0
                logger.warning("The log of changes is lost: %s", type(error).__name__)
            finally:
                self.is_listening = False
                connection.close()
            time.sleep(PAUSE_AFTER_ERROR_SECONDS)

    def listen(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"LISTEN {CHANNEL}")
        self.is_listening = True
        raw: Any = connection.connection
        while True:
            self.catch_up()
            self.seen_at = time.monotonic()
            for _notification in raw.notifies(timeout=HEARTBEAT_SECONDS, stop_after=1):
                pass


class SqliteFollower:
    """Looks before each answer whether anybody has committed: into the WAL index, which costs less than a microsecond;
    without one it asks SQLite."""

    def __init__(self, memory: Memory) -> None:
        self.memory = memory
        self.lock = threading.Lock()
        self.data_version = -1
        # Opened when the process starts to serve.
        self.database: Any = None
        self.index: WalIndex | None = None
        # What the index was like when nothing was left to read.
        self.seen = b""

    def start(self) -> None:
        name = str(connections[DEFAULT_DB_ALIAS].settings_dict["NAME"])
        # Autocommit: each look sees what is committed by then.
        self.database = sqlite3.connect(
            name, isolation_level=None, check_same_thread=False, timeout=5
        )
        self.database.execute("PRAGMA query_only = 1")
        self.index = self.find_index(name)
        self.data_version = self.read_version()
        self.memory.start_at(last_position())

    def find_index(self, name: str) -> WalIndex | None:
        [mode] = self.database.execute("PRAGMA journal_mode").fetchone()
        if mode != "wal":
            return None
        # SQLite makes the file when the database is first read.
        self.read_version()
        try:
            return WalIndex(name)
        except (OSError, ValueError):
            logger.info("The WAL index cannot be read: SQLite is asked instead.")
            return None

    def read_version(self) -> int:
        return self.database.execute("PRAGMA data_version").fetchone()[0]

    def is_current(self) -> bool:
        if self.index is None:
            return self.ask()
        # Before SQLite is asked: what is committed in between is found the next time.
        seen = self.index.read()
        if seen == self.seen:
            return True
        if not self.ask():
            return False
        self.seen = seen
        return True

    def ask(self) -> bool:
        """Read what anybody has committed. Says whether that was possible."""
        try:
            with self.lock:
                version = self.read_version()
                if version != self.data_version:
                    self.read_changes()
                    self.data_version = version
        except sqlite3.Error as error:
            logger.warning("The log of changes is lost: %s", type(error).__name__)
            return False
        return True

    def catch_up(self) -> None:
        self.ask()

    def read_changes(self) -> None:
        """What is committed after the version was read is found by the next look."""
        table = Change._meta.db_table
        while True:
            rows = self.database.execute(
                f"SELECT position, tags FROM {table} WHERE position > ? ORDER BY position LIMIT ?",  # noqa: S608
                (self.memory.position, BATCH),
            ).fetchall()
            apply(self.memory, [(row[0], json.loads(row[1])) for row in rows])
            if len(rows) < BATCH:
                return


def last_position() -> int:
    return (
        Change.objects.order_by("-position").values_list("position", flat=True).first()
        or 0
    )


def read_log(after: int) -> list[Record]:
    changes = Change.objects.filter(position__gt=after).order_by("position")
    return list(changes.values_list("position", "tags")[:BATCH])


def create_follower(memory: Memory) -> Follower:
    if connection.vendor == "postgresql":
        return PostgresFollower(memory)
    return SqliteFollower(memory)


_followers: list[Follower] = []


def register(follower: Follower) -> None:
    """What is committed in this process is seen at once by these."""
    _followers.append(follower)
    fragments.is_followed = True


def catch_up() -> None:
    for follower in _followers:
        try:
            follower.catch_up()
        except DatabaseError as error:
            # The thread that listens will notice, and answers bypass memory until then.
            logger.warning("The log of changes is lost: %s", type(error).__name__)
