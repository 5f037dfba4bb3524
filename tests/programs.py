"""The program as real processes: start it, talk to it over HTTP, stop it, and see that nothing is left."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import psutil
import requests

ROOT = Path(__file__).resolve().parents[1]
# What may reach a program that is started by a test; everything else of the developer's environment stays outside.
INHERITED = re.compile(r"PATH|HOME|LANG|LC_.*|TMPDIR|PIP_.*|SSL_.*|.*_proxy|.*_PROXY")

# Lets this machine send as many forms as it likes.
WITHOUT_LIMITS = """
from forms.models import LeadSettings
row = LeadSettings.load()
row.network_limit = row.phone_limit = 1_000_000_000
row.save()
"""

given_ports: set[int] = set()


def clean_environment(**variables):
    inherited = {k: v for k, v in os.environ.items() if INHERITED.fullmatch(k)}
    return inherited | {name: str(value) for name, value in variables.items()}


def free_port():
    """A port that no other test has been given, in this process or beside it. Two servers on one port would share it
    without a word: granian binds with SO_REUSEPORT."""
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    while True:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        # Linux gives only odd ones as long as there are any.
        if port not in given_ports and port // 2 % workers == worker:
            given_ports.add(port)
            return port


def manage(*arguments, **variables):
    """Run a management command to its end."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=clean_environment(**variables),
        capture_output=True,
        text=True,
        timeout=300,
    )


def local_session():
    """A visitor without a past: no cookies, and no proxy between us and this machine."""
    session = requests.Session()
    session.trust_env = False
    return session


class Program:
    """A program with everything that it starts, and what it has printed so far."""

    def __init__(self, command, log, folder=ROOT, **variables):
        self.log = log
        self.port = variables.get("PORT")
        self.data_dir = variables.get("DATA_DIR")
        self.url = f"http://127.0.0.1:{self.port}"
        self.process = subprocess.Popen(
            command,
            cwd=folder,
            env=clean_environment(**variables),
            stdout=log.open("w"),
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self.tree = []

    @property
    def output(self):
        return self.log.read_text()

    def wait_for_output(self, text, seconds=300):
        self.wait_until(lambda: text in self.output, seconds)
        self.tree = psutil.Process(self.process.pid).children(recursive=True)

    def wait_for_answer(self, seconds=30):
        self.wait_until(self.answers, seconds)

    def wait_until(self, condition, seconds):
        deadline = time.monotonic() + seconds
        while not condition():
            assert self.process.poll() is None, f"It ended:\n{self.output}"
            assert time.monotonic() < deadline, f"It took too long:\n{self.output}"
            time.sleep(0.1)

    def answers(self):
        try:
            return self.get("/").status_code < 500
        except requests.ConnectionError:
            return False

    def get(self, path, **options):
        with local_session() as session:
            return session.get(self.url + path, timeout=30, **options)

    def press_ctrl_c(self):
        os.killpg(self.process.pid, signal.SIGINT)
        self.process.wait(30)

    def survivors(self):
        return [process for process in self.tree if process.is_running()]

    def close(self):
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            self.process.wait(30)


@contextmanager
def running(command, log, **options):
    program = Program(command, log, **options)
    try:
        yield program
    finally:
        program.close()
