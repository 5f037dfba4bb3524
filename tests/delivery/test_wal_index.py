"""A commit is seen in SQLite's WAL index, whoever makes it."""

import sqlite3
import subprocess
import sys

import pytest

from cms.delivery.wal_index import WalIndex

WRITER = """
import sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=30)
for number in range(1, 2001):
    database.execute("UPDATE counter SET value = ?", [number])
"""


@pytest.fixture
def path(tmp_path):
    return str(tmp_path / "db.sqlite3")


@pytest.fixture
def connect(path):
    opened = []

    def connect():
        opened.append(sqlite3.connect(path, isolation_level=None, timeout=30))
        return opened[-1]

    connect().execute("PRAGMA journal_mode=WAL")
    opened[0].execute("CREATE TABLE counter (value INTEGER)")
    opened[0].execute("INSERT INTO counter VALUES (0)")
    yield connect
    for database in opened:
        database.close()


def test_each_commit_changes_it_and_nothing_else_does(path, connect):
    reader, writer = connect(), connect()
    index = WalIndex(path)
    seen = index.read()
    reader.execute("SELECT * FROM counter").fetchall()
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("UPDATE counter SET value = 1")
    writer.execute("ROLLBACK")
    assert index.read() == seen
    for number in range(1, 11):
        writer.execute("UPDATE counter SET value = ?", [number])
        assert index.read() != seen
        seen = index.read()


def test_commits_after_a_checkpoint_change_it(path, connect):
    reader, writer = connect(), connect()
    index = WalIndex(path)
    for number in range(1, 11):
        writer.execute("UPDATE counter SET value = ?", [number])
        seen = index.read()
        writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        writer.execute("UPDATE counter SET value = ?", [-number])
        assert index.read() != seen
        assert reader.execute("SELECT value FROM counter").fetchone() == (-number,)


def test_while_it_is_the_same_nobody_has_committed(path, connect):
    """Two thousand commits of another process, with checkpoints in between, meet a reader without a pause."""
    reader = connect()
    index = WalIndex(path)

    def value():
        return reader.execute("SELECT value FROM counter").fetchone()[0]

    process = subprocess.Popen([sys.executable, "-c", WRITER, path])
    values = {0}
    seen, known = index.read(), value()
    while process.poll() is None or index.read() != seen:
        before = index.read()
        now = value()
        if before == seen == index.read():
            assert now == known
        elif before != seen:
            seen, known = before, now
        values.add(now)
    assert process.returncode == 0
    assert value() == 2000
    assert len(values) > 10


def test_database_without_one(tmp_path):
    with pytest.raises(OSError, match="No such file"):
        WalIndex(str(tmp_path / "none.sqlite3"))
