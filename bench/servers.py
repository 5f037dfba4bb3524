"""Measure granian against gunicorn with this application: `make bench`.

Closed loop: wrk keeps eight connections busy on 127.0.0.1. The servers take turns, so that a noisy minute of the
machine meets both, and the table shows medians. The site is made once, in var/bench.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import defaultdict
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
PORT = "8790"
SITE = f"http://127.0.0.1:{PORT}"
ENVIRONMENT = {
    **os.environ,
    "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
    "DATA_DIR": "var/bench",
    "PORT": PORT,
}
ROUNDS = 5
SECONDS = 6
WARM_UP_SECONDS = 2
CONNECTIONS = 8

# Two processes with four threads each, as `make run` has them.
SERVERS = {
    "granian": f"granian --interface=wsgi --port={PORT} --workers=2 --blocking-threads=4 --log-level=warning",
    "gunicorn": f"gunicorn --bind=127.0.0.1:{PORT} --workers=2 --threads=4 --log-level=warning",
}


@contextmanager
def running(command):
    process = subprocess.Popen(
        command, cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.DEVNULL
    )
    try:
        wait_for_answer(process)
        yield
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


def wait_for_answer(process):
    while True:
        try:
            return urlopen(SITE).close()
        except URLError:
            if process.poll() is not None:
                sys.exit(f"{process.args} ended before it answered.")
            time.sleep(0.2)


def paths_to_measure():
    """Bring the site up to date, and ask it for an article and for its stylesheet, which costs next to nothing."""
    with running([sys.executable, "manage.py", "launch"]):
        article = json.load(urlopen(f"{SITE}/api/v1/articles/?limit=1"))["items"][0]
        home = urlopen(SITE).read().decode()
    stylesheet = re.search(r'rel="stylesheet" href="([^"]+)"', home)[1]
    return {
        "home page": "/",
        "article as JSON": f"/api/v1/articles/{article['id']}/",
        "stylesheet": stylesheet,
    }


def requests_per_second(path, seconds):
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency"]
    report = subprocess.check_output([*command, SITE + path], text=True)
    if "Non-2xx" in report or "Socket errors" in report:
        sys.exit(f"{path} did not always answer:\n{report}")
    slowest = re.search(r"99%\s+(\S+)", report)[1]
    return float(re.search(r"Requests/sec:\s+([\d.]+)", report)[1]), milliseconds(
        slowest
    )


def milliseconds(duration):
    number, unit = re.fullmatch(r"([\d.]+)(us|ms|s)", duration).groups()
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


def main():
    if not shutil.which("wrk"):
        sys.exit("Please install wrk (on Debian and Ubuntu: apt-get install wrk).")
    paths = paths_to_measure()
    results = defaultdict(list)
    for number in range(ROUNDS):
        print(f"Round {number + 1} of {ROUNDS}", file=sys.stderr)
        for server, command in SERVERS.items():
            with running(
                [BIN / command.split()[0], *command.split()[1:], "cms.wsgi:application"]
            ):
                for name, path in paths.items():
                    requests_per_second(path, WARM_UP_SECONDS)
                    results[name, server].append(requests_per_second(path, SECONDS))
    show(results)


def show(results):
    print("| | server | requests/s | slowest 1 % from | all rounds, requests/s |")
    print("|---|---|---|---|---|")
    for (name, server), measured in results.items():
        rates, slowest = zip(*measured, strict=True)
        rounds = " ".join(f"{rate:.0f}" for rate in sorted(rates))
        print(
            f"| {name} | {server} | {median(rates):.0f} | {median(slowest):.0f} ms | {rounds} |"
        )


if __name__ == "__main__":
    main()
