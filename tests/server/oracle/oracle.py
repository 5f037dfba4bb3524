"""Compares what two processes answer from memory with what they build anew, while a third makes random edits."""

import json
import random
import re
import subprocess
import sys
import time
from collections import Counter, defaultdict
from contextlib import ExitStack
from statistics import mean, quantiles

from tests.programs import ROOT, clean_environment, free_port, local_session, running

EDITOR = [sys.executable, "-m", "tests.server.oracle.editor"]
TOKEN = "oracle"
# The cookie of a session that does not exist: built for one who asks, as for everybody.
FRESH = {"Cookie": "sessionid=nobodys"}
METRIC = re.compile(r"^delivery_cache_(\w+?)(?:_total)?\{[^}]*\} (\d+)$", re.MULTILINE)


class Oracle:
    def __init__(
        self,
        folder,
        *,
        seed,
        application="cms.wsgi:application",
        root=ROOT,
        settings="cms.settings.dev",
        edits="tests.server.oracle.edits",
        **variables,
    ):
        self.folder, self.seed = folder, seed
        self.application, self.root, self.edits_module = application, root, edits
        self.variables = {
            "DJANGO_SETTINGS_MODULE": settings,
            "DELIVERY_METRICS_TOKEN": TOKEN,
            "PYTHONPATH": f"{root}:{ROOT}",
            # In both processes alike: it stands in answers.
            "SITE_URL": "http://127.0.0.1:8000",
            "DELIVERY_CACHE": "true",
            "DELIVERY_TAG_HEADER": "Surrogate-Key",
            "LOG_LEVEL": "WARNING",
            **variables,
        }
        self.random = random.Random(seed)
        self.stale = []
        self.checked = self.edits = self.hits = 0
        self.invalidated = defaultdict(list)
        self.lags = []
        self.statuses = Counter()

    def __enter__(self):
        self.stack = ExitStack()
        self.servers = [self.start_server(number) for number in (1, 2)]
        for server in self.servers:
            server.wait_for_answer()
        self.session = self.stack.enter_context(local_session())
        self.editor = self.start_editor()
        self.urls = self.read_editor()["urls"]
        return self

    def __exit__(self, *error):
        self.stack.close()

    def start_server(self, number):
        port = free_port()
        granian = [
            sys.executable,
            "-m",
            "granian",
            "--interface=wsgi",
            "--log-level=warning",
        ]
        command = [
            *granian,
            "--host=127.0.0.1",
            f"--port={port}",
            "--workers=1",
            "--blocking-threads=2",
            self.application,
        ]
        log = self.folder / f"server-{number}.log"
        variables = {**self.variables, "PORT": port}
        return self.stack.enter_context(
            running(command, log, folder=self.root, **variables)
        )

    def start_editor(self):
        editor = subprocess.Popen(
            [*EDITOR, self.edits_module, str(self.seed)],
            cwd=self.root,
            env=clean_environment(**self.variables),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.stack.callback(editor.wait)
        self.stack.callback(editor.stdin.close)
        return editor

    def read_editor(self):
        line = self.editor.stdout.readline()
        assert line, "the editor ended"
        answer = json.loads(line)
        assert "failed" not in answer, answer.get("why")
        return answer

    def edit(self, number):
        self.editor.stdin.write(f"{number}\n")
        self.editor.stdin.flush()
        answer = self.read_editor()
        self.urls = answer.get("urls") or self.urls
        self.edits += number
        return answer

    def metrics(self, server):
        response = self.session.get(
            f"{server.url}/-/delivery/metrics",
            headers={"Authorization": f"Bearer {TOKEN}"},
            timeout=10,
        )
        return {name: int(value) for name, value in METRIC.findall(response.text)}

    def wait_for(self, position):
        """On PostgreSQL others hear of an edit a moment later. The moment is measured."""
        started = time.monotonic()
        for server in self.servers:
            while self.metrics(server)["position"] < position:
                assert time.monotonic() - started < 5, (
                    "a process does not follow the log"
                )
        self.lags.append(time.monotonic() - started)

    def get(self, server, url, **headers):
        response = self.session.get(
            server.url + url,
            headers={"Host": "127.0.0.1:8000", **headers},
            timeout=30,
            allow_redirects=False,
        )
        return response

    def check(self, url, server, made):
        cached = self.get(server, url)
        status, _ttl, _seconds = cached.headers["Cache-Status"].partition("; ttl")
        is_hit = status.endswith("; hit")
        self.hits += is_hit
        self.statuses[status] += 1
        # What was built a moment ago is seldom worth building again.
        if not is_hit and self.random.random() < 0.8:
            return
        self.checked += 1
        # Time may change the page between two requests, and on a busy machine again between the next two. What is stale
        # stays so.
        for _ in range(5):
            anew = self.get(server, url, **FRESH)
            if as_seen(cached) == as_seen(anew):
                return
            cached = self.get(server, url)
        self.stale.append((url, cached.headers["Cache-Status"], made))
        (self.folder / "from-memory").write_bytes(cached.content)
        (self.folder / "anew").write_bytes(anew.content)
        tags = cached.headers.get("Surrogate-Key", "").replace(" ", "\n")
        (self.folder / "tags").write_text(tags)

    def run(self, edits, watched=5):
        """Edit in bursts. Some answers are brought into memory before each, and compared after it."""
        while self.edits < edits:
            urls = self.random.sample(self.urls, watched)
            for server in self.servers:
                for url in urls:
                    self.get(server, url)
            burst = self.random.choice([1, 1, 2, 3, 5, 10, 20])
            before = [self.metrics(server) for server in self.servers]
            answer = self.edit(burst)
            if answer["position"] > answer["before"]:
                self.wait_for(answer["position"])
            if burst == 1:
                self.note_invalidated(answer["made"][0], before)
            for server in self.servers:
                for url in urls:
                    self.check(url, server, answer["made"])
                    assert not self.stale, (self.stale, self.edits)

    def note_invalidated(self, name, before):
        for server, metrics in zip(self.servers, before, strict=True):
            if metrics["entries"] >= 10:
                now = self.metrics(server)
                dropped = now["invalidated"] - metrics["invalidated"]
                self.invalidated[name].append((dropped, metrics["entries"]))

    def report(self):
        lines = [
            f"{self.edits} edits, {self.checked} answers compared, {self.hits} of them from memory, "
            f"{len(self.stale)} stale",
            ", ".join(f"{number} {name}" for name, number in self.statuses.items()),
        ]
        if len(self.lags) > 1:
            last = quantiles(self.lags, n=100)[98]
            lines.append(
                f"others saw an edit after {mean(self.lags) * 1000:.1f} ms, p99 {last * 1000:.1f} ms"
            )
        for name, counts in sorted(self.invalidated.items()):
            dropped = mean(number for number, _of in counts)
            kept = mean(of for _number, of in counts)
            lines.append(f"{name:32} drops {dropped:6.1f} of {kept:6.1f}")
        return "\n".join(lines)


def as_seen(response):
    location = response.headers.get("Location", "")
    return response.status_code, location, response.content
