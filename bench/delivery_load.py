"""Driving a server with wrk, and reading what it has used meanwhile."""

import re
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
import psycopg

from bench import servers

ROOT = Path(__file__).resolve().parents[1]
SCRIPT = ROOT / "bench/paths.lua"
# Django builds each answer for who comes with it, as it does without a cache.
PAST_THE_CACHE = "django_language=zh-hans"
STEADY, MOST_SLICES = 1.1, 20
# Where an answer takes seconds, a few are waited for.
FEWEST, LONGEST_SECONDS = 16, 60
PATIENCE = 120
# A server that uses less than this in a tenth of a second has nothing to do.
IDLE_SECONDS = 0.01
MEGABYTE = 1_000_000
TOKEN = "only-for-measuring"
METRICS = "/-/delivery/metrics"


@dataclass(frozen=True)
class Measured:
    requests_per_second: float
    p50_ms: float
    p99_ms: float
    processor_ms: float
    megabytes: float
    requests: int

    as_dict = asdict


def granian(application):
    return [
        servers.BIN / "granian",
        *("--interface=wsgi", f"--port={servers.PORT}", "--log-level=warning"),
        *("--workers=2", "--blocking-threads=4", "--workers-kill-timeout=8"),
        application,
    ]


@contextmanager
def serving(application):
    with (
        servers.running(granian(application)) as process,
        TemporaryDirectory() as folder,
    ):
        yield Load(process, Path(folder))


ACTIVE = """
    SELECT count(*) FROM pg_stat_activity
    WHERE state = 'active' AND backend_type = 'client backend' AND pid <> pg_backend_pid()
"""


class Load:
    """A server that runs, and files of paths to ask it for."""

    def __init__(self, server: psutil.Process, folder: Path) -> None:
        self.server = server
        self.folder = folder

    def run(self, paths, seconds, mode="cycle", cookie=""):
        file = self.folder / "paths"
        file.write_text("".join(f"{path}\n" for path in paths))
        self.settle()
        before = servers.processor_seconds(self.server)
        command = ["wrk", "-t1", f"-c{servers.CONNECTIONS}", f"-d{seconds}s"]
        report = subprocess.check_output(
            [
                *(*command, f"--timeout={PATIENCE}s", "--latency", "-s", SCRIPT),
                *(servers.SITE, "--", file, mode, cookie),
            ],
            text=True,
        )
        used = servers.processor_seconds(self.server) - before
        return self.read_report(report, used, paths[0])

    def measure(self, paths, seconds, mode="cycle", cookie=""):
        while True:
            measured = self.run(paths, seconds, mode, cookie)
            if mode == "once" and measured.requests > len(paths):
                print(f"  {paths[0]} …: asked twice, so too quick", file=sys.stderr)
            if measured.requests >= FEWEST or seconds >= LONGEST_SECONDS:
                return measured
            seconds = min(3 * seconds, LONGEST_SECONDS)

    def settle(self):
        """What a client no longer waits for is built all the same. The next one does not pay for it."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            before = servers.processor_seconds(self.server)
            time.sleep(0.1)
            used = servers.processor_seconds(self.server) - before
            if used <= IDLE_SECONDS and not active_queries():
                return

    def read_report(self, report, used, name):
        read = servers.read_report(report, name, used)
        return Measured(
            requests_per_second=read.requests_per_second,
            p50_ms=servers.milliseconds(re.search(r"^\s+50%\s+(\S+)", report, re.M)[1]),
            p99_ms=read.slowest_ms,
            processor_ms=read.processor_ms,
            megabytes=max(worker.memory_info().rss for worker in self.workers())
            / MEGABYTE,
            requests=int(re.search(r"(\d+) requests in", report)[1]),
        )

    def workers(self):
        return self.server.children(recursive=True) or [self.server]

    def warm_up(self, paths, seconds, mode="cycle", cookie=""):
        """Until it gets no faster: each process has a memory of its own to fill."""
        rate = 0
        for _ in range(MOST_SLICES):
            before, rate = (
                rate,
                self.run(paths, seconds, mode, cookie).requests_per_second,
            )
            if rate <= STEADY * before:
                return


def active_queries():
    """Of PostgreSQL, which works for those who no longer wait, too."""
    url = servers.ENVIRONMENT["DATABASE_URL"]
    if url.startswith("sqlite"):
        return 0
    with psycopg.connect(url, autocommit=True) as connection:
        return connection.execute(ACTIVE).fetchone()[0]


class Workers:
    """A connection to each process, kept open: a process answers what comes on a connection that it has accepted."""

    def __init__(self, number=2):
        self.connections = {}
        others = []
        while len(self.connections) < number:
            connection = HTTPConnection(
                "127.0.0.1", int(servers.PORT), timeout=PATIENCE
            )
            name = re.search(r'process="(\d+)"', metrics(connection))[1]
            if self.connections.setdefault(name, connection) is not connection:
                # Closed at the end only, or the same process would take the next one.
                others.append(connection)
        for connection in others:
            connection.close()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        for connection in self.connections.values():
            connection.close()

    def counts(self):
        """How many answers came from memory, were built, or passed by, in all processes together."""
        texts = [metrics(connection) for connection in self.connections.values()]
        return {
            name: sum(
                int(value)
                for text in texts
                for value in re.findall(
                    rf"^delivery_cache_{name}_total\S* (\d+)", text, re.M
                )
            )
            for name in (
                "hits",
                "misses",
                "collapsed",
                "bypasses",
                "invalidated",
                "expired",
                "evicted",
            )
        }


def ask(connection, path, headers=None):
    connection.request("GET", path, headers=headers or {})
    response = connection.getresponse()
    return response.read().decode()


def metrics(connection):
    return ask(connection, METRICS, {"Authorization": f"Bearer {TOKEN}"})
