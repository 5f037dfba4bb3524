"""Measure answers from memory against the limit and against stock Wagtail: `make bench`.

The same articles stand on our site and on a stock one, in databases of several sizes. All servers are granian with two
processes of four threads. Closed loop: wrk keeps eight connections busy on 127.0.0.1 and takes compressed answers, as
browsers do. The servers take turns, so that a noisy minute of the machine meets all; what is told are medians. Results
go to bench/results. What is built stays in var/bench-delivery (and in PostgreSQL, if TEST_DATABASE_URL names a server
that stays).
"""

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

import psycopg

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench import delivery_report, servers  # noqa: E402 (the root is not on the path of a script)
from bench.delivery_constant import FILE, copy_answer  # noqa: E402
from bench.delivery_events import events, happening  # noqa: E402
from bench.delivery_load import PAST_THE_CACHE, TOKEN, Workers, serving  # noqa: E402

DATA = ROOT / "var/bench-delivery"
RESULTS = ROOT / "bench/results"
POSTGRES = os.environ.get("TEST_DATABASE_URL", "")
PER_API_PAGE, PER_HTML_PAGE = 20, 12
# As many articles are asked for where answers are not to differ from one request to the next.
FEW = 40
# The first answers of a process cost more than those that follow.
FIRST = 20
# On an otherwise idle server.
PUBLISHED = 8
# Under the mixed load memory fills with what is asked for most, and answers begin to grow too old.
MIXED_WARM_UP_SECONDS = 60


def parse_arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", default="1000,10000,100000")
    parser.add_argument("--databases", default="sqlite,postgresql")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=4)
    parser.add_argument("--mixed-warm-up", type=int, default=MIXED_WARM_UP_SECONDS)
    parser.add_argument("--results", type=Path, default=RESULTS)
    options = parser.parse_args()
    options.sizes = [int(size) for size in options.sizes.split(",")]
    options.databases = options.databases.split(",")
    return options


def say(text):
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


# Data


def database_url(database, name):
    if database == "sqlite":
        return f"sqlite:///{DATA / database / name}.sqlite3"
    with psycopg.connect(POSTGRES, autocommit=True) as connection:
        rows = connection.execute("SELECT 1 FROM pg_database WHERE datname=%s", [name])
        if not rows.fetchone():
            connection.execute(f"CREATE DATABASE {name}")
    before, _, after = POSTGRES.partition("?")
    return f"{before.rpartition('/')[0]}/{name}" + (f"?{after}" if after else "")


def use_database(database, size):
    """From here on, servers and builders work with it."""
    folder = DATA / database
    folder.mkdir(parents=True, exist_ok=True)
    servers.ENVIRONMENT.update(
        DATA_DIR=str(folder),
        DATABASE_URL=database_url(database, f"ours_{size}"),
        STOCK_DATABASE_URL=database_url(database, f"stock_{size}"),
        DELIVERY_CACHE="true",
        DELIVERY_METRICS_TOKEN=TOKEN,
        PYTHONPATH=str(ROOT),
        LOG_LEVEL="ERROR",
    )


def build(kind, size):
    """Primary keys and slugs of the articles, the newest first."""
    command = [sys.executable, "-m", "bench.delivery_data", kind, str(size)]
    output = subprocess.check_output(command, cwd=ROOT, env=servers.ENVIRONMENT)
    return json.loads(output)


# Addresses


def html_path(slug):
    return f"/news/{slug}/"


def api_path(pk):
    return f"/api/v1/articles/{pk}/"


def api_list(offset):
    return f"/api/v1/articles/?limit={PER_API_PAGE}&offset={offset}"


def stock_path(pk):
    return f"/api/v3/pages/{pk}/"


def stock_list(offset):
    return (
        "/api/v3/pages/?type=stock.StockArticlePage&order=-published_at"
        f"&limit={PER_API_PAGE}&offset={offset}"
    )


def everything(articles):
    """All addresses, by how often they are asked for: first what everybody begins with, then in no order."""
    size = len(articles)
    paths = [html_path(slug) for _pk, slug in articles]
    paths += [api_path(pk) for pk, _slug in articles]
    paths += [api_list(offset) for offset in range(PER_API_PAGE, size, PER_API_PAGE)]
    paths += [f"/news/?page={n + 1}" for n in range(1, size // PER_HTML_PAGE)]
    random.Random(7).shuffle(paths)
    return ["/", "/news/", api_list(0), *paths]


# Measuring


class Round:
    """Measures all programs once, with one database."""

    def __init__(self, ours, stock, options):
        self.ours, self.stock = ours, stock
        self.seconds, self.mixed_warm_up = options.seconds, options.mixed_warm_up
        self.measured = {}
        self.extra = {}

    def run(self):
        self.run_limit()
        self.run_stock()
        self.run_ours()
        self.run_limit_of_answers()

    def keep(self, name, measured):
        self.measured[name] = measured
        say(
            f"  {name}: {measured.requests_per_second:,.0f}/s, p50 {measured.p50_ms:.2f} ms"
        )

    def steady(self, load, name, paths, **options):
        load.warm_up(paths, servers.WARM_UP_SECONDS, **options)
        self.keep(name, load.measure(paths, self.seconds, **options))

    def run_limit(self):
        with serving("bench.constant:application") as load:
            self.steady(load, "limit", ["/"])

    def run_stock(self):
        few = spread(self.stock, FEW)
        with serving("bench.stock.wsgi:application") as load:
            self.steady(load, "stock detail", [stock_path(pk) for pk, _slug in few])
            self.steady(load, "stock list", [stock_list(0)])
            self.steady(load, "stock html", [html_path(slug) for _pk, slug in few])

    def run_ours(self):
        with serving("cms.wsgi:application") as load:
            self.first_answers(load)
            self.from_memory(load)
            self.past_memory(load)
            self.mixed(load)

    def first_answers(self, load):
        """Each address for the first time, with all that keeping the answer costs."""
        shuffled = random.Random(11).sample(self.ours, len(self.ours))
        first, rest = shuffled[:FIRST], shuffled[FIRST:]
        kinds = {
            "first html": (lambda pk, slug: html_path(slug)),
            "first detail": (lambda pk, slug: api_path(pk)),
        }
        for name, path_of in kinds.items():
            load.run([path_of(*each) for each in first], 1)
            paths = [path_of(*each) for each in rest]
            self.keep(name, load.measure(paths, self.seconds, "once"))
        offsets = random.Random(13).sample(range(1, len(self.ours)), len(self.ours) - 1)
        paths = [api_list(offset) for offset in offsets]
        self.keep("first list", load.measure(paths, self.seconds, "once"))

    def run_limit_of_answers(self):
        """What the server and wrk take for our headers and bodies, without anything of ours."""
        for kind in ("html", "detail"):
            servers.ENVIRONMENT[FILE] = str(self.file_of(kind))
            with serving("bench.delivery_constant:application") as load:
                self.steady(load, f"limit {kind}", ["/"])

    def file_of(self, kind):
        return DATA / f"answer-{kind}.json"

    def kinds(self):
        few = spread(self.ours, FEW)
        return {
            "html": [html_path(slug) for _pk, slug in few],
            "detail": [api_path(pk) for pk, _slug in few],
            "list": [api_list(0)],
            "deep list": [api_list(len(self.ours) * 9 // 10)],
        }

    def from_memory(self, load):
        for kind, paths in self.kinds().items():
            self.steady(load, f"hit {kind}", paths)
            copy_answer(servers.SITE + paths[0], self.file_of(kind))

    def past_memory(self, load):
        for kind, paths in self.kinds().items():
            self.steady(load, f"miss {kind}", paths, cookie=PAST_THE_CACHE)

    def mixed(self, load):
        """All addresses, some far more often than others, while articles are published and forms are sent."""
        articles = [(pk, html_path(slug)) for pk, slug in self.ours]
        paths = everything(self.ours)
        with events(articles) as (publisher, visitor), Workers() as workers:
            for _ in range(PUBLISHED):
                publisher.publish_one()
            self.extra["visible idle"] = list(publisher.visible)
            publisher.visible.clear()
            with happening(publisher.publish_one, visitor.send):
                load.run(paths, self.mixed_warm_up, "zipf")
                publisher.visible.clear()
                before = workers.counts()
                # Longer than the others, so that there is something to publish.
                self.keep("mixed", load.measure(paths, 2 * self.seconds, "zipf"))
                after = workers.counts()
            self.extra["visible busy"] = list(publisher.visible)
            self.extra["publishing"] = publisher.took
        self.extra["counts"] = {name: after[name] - before[name] for name in after}
        say(f"  {self.extra['counts']}")


def spread(articles, number):
    """From all ages alike."""
    return articles[:: max(1, len(articles) // number)][:number]


def measure(database, size, options):
    use_database(database, size)
    say(f"{database}, {size:,} articles: building")
    ours, stock = build("ours", size), build("stock", size)
    rounds = []
    for number in range(options.rounds):
        say(f"{database}, {size:,} articles: round {number + 1} of {options.rounds}")
        each = Round(ours, stock, options)
        each.run()
        rounds.append(each)
    return {"database": database, "size": size, **summarize(rounds)}


def summarize(rounds):
    measured = {
        name: {
            column: median(each.measured[name].as_dict()[column] for each in rounds)
            for column in rounds[0].measured[name].as_dict()
        }
        for name in rounds[0].measured
    }
    times = {
        name: [value for each in rounds for value in each.extra[name]]
        for name in ("visible idle", "visible busy", "publishing")
    }
    counts = [each.extra["counts"] for each in rounds]
    return {
        "measured": measured,
        "times": {
            name: {"p50_ms": median(values), "worst_ms": max(values), "n": len(values)}
            for name, values in times.items()
            if values
        },
        "counts": {name: median(each[name] for each in counts) for name in counts[0]},
    }


def main():
    if not shutil.which("wrk"):
        sys.exit("Please install wrk (on Debian and Ubuntu: apt-get install wrk).")
    options = parse_arguments()
    if "postgresql" in options.databases and not POSTGRES:
        sys.exit("TEST_DATABASE_URL is to name a PostgreSQL server: use `make bench`.")
    results = []
    for database in options.databases:
        for size in options.sizes:
            results.append(measure(database, size, options))
            # After each, because the whole takes an hour.
            delivery_report.write(results, options.results)
    print((options.results / "delivery.md").read_text())


if __name__ == "__main__":
    main()
