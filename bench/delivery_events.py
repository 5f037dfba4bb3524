"""What happens on a site that is read: articles are published, forms are sent.

`python -m bench.delivery_events` is the process that publishes, as an editor's would: it reads primary keys and answers
with what it has published and when. It shares nothing with the server but the database.
"""

import json
import os
import random
import sys
import time
from contextlib import contextmanager
from http.client import HTTPConnection
from subprocess import PIPE, Popen
from threading import Event, Thread

import django

from bench import servers
from bench.delivery_load import PATIENCE, Workers, ask

FORM = "/api/v1/forms/quick-service/"
EVERY_SECONDS = 1


def publish():
    """Answers each line, until the input ends."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings.dev"
    django.setup()
    from articles.models import ArticlePage

    for line in sys.stdin:
        page = ArticlePage.objects.get(pk=int(line))
        page.title = f"文章 {time.time_ns()}"
        started = time.time()
        page.save_revision().publish()
        now = time.time()
        answer = {"title": page.title, "at": now, "took": now - started}
        print(json.dumps(answer), flush=True)


class Publisher:
    """Publishes an article each second, and sees how long each process goes on showing the old title."""

    def __init__(self, articles, workers):
        self.articles = articles
        self.workers = workers
        # Until the last process shows the new title, in milliseconds.
        self.visible = []
        self.took = []
        self.invent = random.Random(5)
        command = [sys.executable, "-m", "bench.delivery_events"]
        self.process = Popen(
            command,
            cwd=servers.ROOT,
            env=servers.ENVIRONMENT,
            stdin=PIPE,
            stdout=PIPE,
            text=True,
        )
        self.publish_one()
        self.visible.clear()  # the first one has waited for the process to start
        self.took.clear()

    def publish_one(self):
        pk, path = self.invent.choice(self.articles)
        for connection in self.workers.connections.values():
            ask(connection, path)
        print(pk, file=self.process.stdin, flush=True)
        published = json.loads(self.process.stdout.readline())
        self.took.append(1000 * published["took"])
        for connection in self.workers.connections.values():
            while published["title"] not in ask(connection, path):
                if time.time() > published["at"] + PATIENCE:
                    sys.exit(f"{path} was not renewed in {PATIENCE} seconds.")
        self.visible.append(1000 * (time.time() - published["at"]))

    def close(self):
        self.process.stdin.close()
        self.process.wait(30)


class Visitor:
    """Sends the quick-service form, each time as somebody else."""

    def __init__(self):
        self.connection = HTTPConnection(
            "127.0.0.1", int(servers.PORT), timeout=PATIENCE
        )
        fields = json.loads(ask(self.connection, FORM))["fields"]
        choices = next(each["choices"] for each in fields if each["key"] == "project")
        self.project = choices[0]["value"]
        self.number = random.randrange(100_000_000)

    def send(self):
        self.number = (self.number + 1) % 100_000_000
        answers = {
            "name": "张三",
            "mobile": f"138{self.number:08}",
            "landline": "028-85550100",
            "project": self.project,
            "company": "蓉城精密机械有限公司",
        }
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": f"{self.number}-{time.time_ns()}",
        }
        body = json.dumps({"answers": answers})
        self.connection.request("POST", f"{FORM}submissions/", body, headers)
        response = self.connection.getresponse()
        if response.status != 201:
            sys.exit(f"A submission was answered {response.status}: {response.read()}")
        response.read()


@contextmanager
def happening(*steps):
    """Each step once a second, in a thread of its own, until the block ends."""
    ended = Event()
    failures = []

    def repeat(step):
        try:
            while not ended.wait(EVERY_SECONDS):
                step()
        except BaseException as error:  # noqa: BLE001 (told of below, in the thread that measures)
            failures.append(error)

    threads = [Thread(target=repeat, args=[step]) for step in steps]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        ended.set()
        for thread in threads:
            thread.join()
    if failures:
        raise failures[0]


@contextmanager
def events(articles):
    """A publisher and a visitor, to let things happen with."""
    with Workers() as workers:
        publisher = Publisher(articles, workers)
        try:
            yield publisher, Visitor()
        finally:
            publisher.close()


if __name__ == "__main__":
    publish()
