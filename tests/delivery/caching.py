"""A response cache in the test's own process: asked as a server would ask it."""

import io
import sys
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connection
from django.test import TestCase

from cms.delivery.following import last_position, read_log
from cms.delivery.wsgi import DeliveryCache
from tests.pages import build_site


def forget_transaction():
    """A test is one transaction, in which all edits of an object would be one change. From here on they are new."""
    connection.run_on_commit.clear()


class NoFollower:
    """The test says itself when the log is followed. Real followers are tested with real processes."""

    current = True

    def is_current(self):
        return self.current

    def catch_up(self):
        pass


@dataclass
class Answer:
    status: int
    headers: dict
    body: bytes

    @property
    def cache(self):
        return self.headers["cache-status"].removeprefix("Tongdao; ")

    @property
    def is_hit(self):
        return self.cache.startswith("hit")


@contextmanager
def open_connections():
    """A request would close the test's connection, as Django's own test client knows."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)


def start(application) -> DeliveryCache:
    cache = DeliveryCache(application)
    cache.follow(NoFollower())
    cache.memory.start_at(last_position())
    return cache


def ask(application, path, *, method="GET", host="testserver", **headers) -> Answer:
    path, _mark, query = path.partition("?")
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": host,
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.version": (1, 0),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
    }
    started = {}

    def start_response(status, headers, exc_info=None):
        started.update(status=int(status[:3]), headers=headers)

    with open_connections():
        body = application(environ, start_response)
        content = b"".join(body)
        if hasattr(body, "close"):
            body.close()
    named = {name.lower(): value for name, value in started["headers"]}
    return Answer(started["status"], named, content)


class CacheTestCase(TestCase):
    """A site with a page of each type behind a cache that is empty."""

    @classmethod
    def setUpTestData(cls):
        cls.pages = build_site()
        cls.article = cls.pages["article"]
        # The first time also sets when it was first published, which lists may go by.
        cls.article.save_revision().publish()
        cls.article.refresh_from_db()

    def setUp(self):
        # What Wagtail remembers of sites is not undone with a test.
        cache.clear()
        forget_transaction()
        self.cache = start(get_wsgi_application())
        self.path = self.article.get_url_parts()[2]

    def ask(self, path=None, **options) -> Answer:
        return ask(self.cache, path or self.path, **options)

    def follow(self) -> int:
        """Let the cache see what was committed. Gives the number of answers that it dropped."""
        forget_transaction()
        return self.cache.memory.invalidate(read_log(self.cache.memory.position))
