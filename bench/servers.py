"""Measure granian against gunicorn with this application: `make bench-servers`.

Closed loop: wrk keeps eight connections busy on 127.0.0.1. The servers take turns, so that a noisy minute of the
machine meets both, and the table shows medians. Processor time depends less on what else the machine does than
requests per second. The site is made once, in var/bench.
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
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from urllib.error import URLError
from urllib.request import urlopen

import psutil

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
PORT = "8795"
SITE = f"http://127.0.0.1:{PORT}"
ENVIRONMENT = {
    **os.environ,
    "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
    "DATA_DIR": "var/bench",
    "PORT": PORT,
}
ROUNDS = 3
SECONDS = 6
WARM_UP_SECONDS = 2
CONNECTIONS = 8

# Two processes with four threads each, as `make run` has them.
SERVERS = {
    "granian": f"granian --interface=wsgi --port={PORT} --workers=2 --blocking-threads=4 --log-level=warning"
    " --workers-kill-timeout=8",
    "gunicorn": f"gunicorn --bind=127.0.0.1:{PORT} --workers=2 --threads=4 --log-level=warning",
}


@contextmanager
def running(command):
    process = subprocess.Popen(
        command, cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.DEVNULL
    )
    try:
        wait_for_answer(process)
        yield psutil.Process(process.pid)
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
        article_path = f"/api/v1/articles/{article['id']}/"
        urlopen(SITE + article_path).close()  # makes the sizes of its images
        home = urlopen(SITE).read().decode()
    stylesheet = re.search(r'rel="stylesheet" href="([^"]+)"', home)[1]
    return {"home page": "/", "article as JSON": article_path, "stylesheet": stylesheet}


@dataclass(frozen=True)
class Measurement:
    requests_per_second: float
    slowest_ms: float
    processor_ms: float


def measure(server, path, seconds):
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout=20s"]
    before = processor_seconds(server)
    report = subprocess.check_output([*command, "--latency", SITE + path], text=True)
    return read_report(report, path, processor_seconds(server) - before)


def read_report(report, path, used):
    """What wrk has printed, and the processor seconds that the server has used meanwhile."""
    if "Non-2xx" in report or "Socket errors" in report:
        sys.exit(f"{path} did not always answer:\n{report}")
    answered = int(re.search(r"(\d+) requests in", report)[1])
    return Measurement(
        requests_per_second=float(re.search(r"Requests/sec:\s+([\d.]+)", report)[1]),
        slowest_ms=milliseconds(re.search(r"^\s+99%\s+(\S+)", report, re.M)[1]),
        processor_ms=1000 * used / max(1, answered),
    )


def processor_seconds(server):
    times = [p.cpu_times() for p in [server, *server.children(recursive=True)]]
    return sum(time.user + time.system for time in times)


def milliseconds(duration):
    if duration == "-nan":
        return float("inf")  # nothing was answered in time
    number, unit = re.fullmatch(r"([\d.]+)(us|ms|s|m)", duration).groups()
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000, "m": 60_000}[unit]


def main():
    if not shutil.which("wrk"):
        sys.exit("Please install wrk (on Debian and Ubuntu: apt-get install wrk).")
    paths = paths_to_measure()
    results = defaultdict(list)
    for number in range(ROUNDS):
        print(f"Round {number + 1} of {ROUNDS}", file=sys.stderr)
        for server, command in SERVERS.items():
            program = [BIN / command.split()[0], *command.split()[1:]]
            with running([*program, "cms.wsgi:application"]) as process:
                for name, path in paths.items():
                    urlopen(SITE + path).close()
                    measure(process, path, WARM_UP_SECONDS)
                    results[name, server].append(measure(process, path, SECONDS))
    show(results)


def show(results):
    print("| | server | requests/s | slowest 1 % from | processor time each |")
    print("|---|---|---|---|---|")
    for (name, server), measured in results.items():
        rate = median(m.requests_per_second for m in measured)
        slowest = median(m.slowest_ms for m in measured)
        processor = median(m.processor_ms for m in measured)
        print(
            f"| {name} | {server} | {rate:.0f} | {slowest:.0f} ms | {processor:.2f} ms |"
        )


if __name__ == "__main__":
    main()
