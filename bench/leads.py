"""Measure submissions against the limit and against Wagtail's own form: `make bench-leads`.

All three run in granian with two processes of four threads on the same database: SQLite, or what BENCH_DATABASE_URL
names. Closed loop: wrk keeps eight connections busy on 127.0.0.1, and every request is another submission. The servers
take turns; the table shows medians. "The limit" inserts one row for each request and does nothing else.
"""

import json
import os
import subprocess
import sys
from collections import defaultdict
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from urllib.request import urlopen

import psycopg

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench import servers  # noqa: E402 (the root is not on the path of a script)

DATA = ROOT / "var/bench-leads"
ROUNDS = int(os.environ.get("ROUNDS", "5"))
SECONDS = int(os.environ.get("SECONDS", "8"))
POSTGRES = os.environ.get("BENCH_DATABASE_URL", "")


def database_url(name):
    """A database of its own for each program, on the same server."""
    if not POSTGRES:
        return f"sqlite:///{DATA / name}.sqlite3"
    with psycopg.connect(POSTGRES, autocommit=True) as connection:
        rows = connection.execute("SELECT 1 FROM pg_database WHERE datname=%s", [name])
        if not rows.fetchone():
            connection.execute(f"CREATE DATABASE {name}")
    before, _, after = POSTGRES.partition("?")
    return f"{before.rpartition('/')[0]}/{name}" + (f"?{after}" if after else "")


def granian(application):
    return [
        servers.BIN / "granian",
        "--interface=wsgi",
        f"--port={servers.PORT}",
        *("--workers=2", "--blocking-threads=4", "--log-level=warning"),
        "--workers-kill-timeout=8",
        application,
    ]


@contextmanager
def serving(application):
    with servers.running(granian(application)) as process:
        yield process


def prepare():
    """Make both sites, allow this machine as many submissions as it likes, and see what ours offers."""
    DATA.mkdir(parents=True, exist_ok=True)
    servers.ENVIRONMENT.update(
        DATA_DIR=str(DATA),
        DATABASE_URL=database_url("ours"),
        STOCK_DATABASE_URL=database_url("stock"),
        LIMIT_DATABASE_URL=database_url("one_row"),
        SYNCHRONOUS="FULL",
        PYTHONPATH=str(ROOT),
        LOG_LEVEL="ERROR",
    )
    run("-m", "bench.stock.build")
    with servers.running([sys.executable, "manage.py", "launch"]):
        form = json.load(urlopen(f"{servers.SITE}/api/v1/forms/quick-service/"))
    run("manage.py", "shell", "-v0", "-c", WITHOUT_LIMITS)
    choices = next(f["choices"] for f in form["fields"] if f["key"] == "project")
    return choices[0]["value"]


WITHOUT_LIMITS = """
from forms.models import LeadSettings
row = LeadSettings.load()
row.network_limit = row.phone_limit = 2_000_000_000
row.save()
"""


def run(*arguments):
    command = [sys.executable, *arguments]
    subprocess.run(command, cwd=ROOT, env=servers.ENVIRONMENT, check=True)


def measure(process, path, kind, project, seconds):
    before = servers.processor_seconds(process)
    report = subprocess.check_output(
        [
            *("wrk", "-t1", f"-c{servers.CONNECTIONS}", f"-d{seconds}s"),
            *("--timeout=20s", "--latency", "-s", ROOT / "bench/submissions.lua"),
            *(servers.SITE + path, "--", kind, project),
        ],
        text=True,
    )
    return servers.read_report(
        report, path, servers.processor_seconds(process) - before
    )


def main():
    project = prepare()
    programs = {
        "the limit: one row": ("bench.one_row:application", "/", "json"),
        "this project, API": (
            "cms.wsgi:application",
            "/api/v1/forms/quick-service/submissions/",
            "json",
        ),
        "stock Wagtail form": ("bench.stock.wsgi:application", "/", "form"),
    }
    results = defaultdict(list)
    for number in range(ROUNDS):
        print(f"Round {number + 1} of {ROUNDS}", file=sys.stderr)
        for name, (application, path, kind) in programs.items():
            with serving(application) as process:
                measure(process, path, kind, project, servers.WARM_UP_SECONDS)
                results[name].append(measure(process, path, kind, project, SECONDS))
    show(results)


def show(results):
    print("| PostgreSQL |" if POSTGRES else "| SQLite |", end="")
    print(
        " submissions/s | slowest 1 % from | processor time each |\n|---|---|---|---|"
    )
    for name, measured in results.items():
        rate = median(m.requests_per_second for m in measured)
        slowest = median(m.slowest_ms for m in measured)
        processor = median(m.processor_ms for m in measured)
        print(f"| {name} | {rate:.0f} | {slowest:.0f} ms | {processor:.2f} ms |")


if __name__ == "__main__":
    main()
