"""Who follows the log gets each change once, whatever fails and however many look."""

import threading
import time

import pytest
from django.db import DatabaseError, connection

from cms.delivery.dispatching import BATCH, follow
from cms.delivery.models import Change, Follower
from cms.outbox import feeders
from cms.outbox.models import Channel, Message
from cms.outbox.queue import Notice, enqueue
from tests.factories import ArticlePageFactory

UPDATED = Change.Action.UPDATED


def log_changes(number):
    changes = [Change(action=UPDATED, tags=[f"tag-{n}"]) for n in range(number)]
    return [change.position for change in Change.objects.bulk_create(changes)]


@pytest.mark.django_db
class TestFollowing:
    def test_it_begins_at_the_end_of_the_log(self):
        ArticlePageFactory()
        got = []
        assert not follow("x", got.extend)
        [position] = log_changes(1)
        assert follow("x", got.extend)
        assert [change.position for change in got] == [position]

    def test_nothing_comes_twice(self, following):
        following("x")
        log_changes(3)
        got = []
        follow("x", got.extend)
        assert not follow("x", got.extend)
        assert len(got) == 3

    def test_each_follower_has_a_place_of_its_own(self, following):
        following("x")
        following("y")
        log_changes(1)
        assert follow("x", lambda changes: None)
        assert follow("y", lambda changes: None)

    def test_a_batch_has_an_end_and_the_next_goes_on_there(self, following):
        following("x")
        positions = log_changes(BATCH + 2)
        batches = []
        while follow("x", batches.append):
            pass
        assert [len(batch) for batch in batches] == [BATCH, 2]
        assert [each.position for batch in batches for each in batch] == positions

    def test_who_fails_gets_the_same_again_and_leaves_nothing_behind(self, following):
        following("x")
        log_changes(1)

        def fail(changes):
            Channel.objects.create(name="half done")
            raise ValueError

        with pytest.raises(ValueError):
            follow("x", fail)
        assert not Channel.objects.exists()
        assert follow("x", lambda changes: None)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_workers_at_the_same_time_store_each_change_once():
    channel = Channel.objects.create(name="log")
    follow("x", lambda changes: None)
    while follow("x", lambda changes: None):
        pass
    positions = log_changes(3 * BATCH)

    def store(changes):
        numbers = [change.position for change in changes]
        enqueue(channel, Notice("x", data={"positions": numbers}), event="x")
        time.sleep(0.02)

    def work():
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                if Follower.objects.get(name="x").position == positions[-1]:
                    break
                follow("x", store)
            except DatabaseError:
                # SQLite refuses who comes too close; the worker looks again, too.
                time.sleep(0.01)
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    stored = [n for m in Message.objects.all() for n in m.payload["data"]["positions"]]
    assert sorted(stored) == positions


def test_feeder_that_fails_stops_nobody_and_logs_no_content(monkeypatch, caplog, db):
    called = []

    def broken():
        raise ValueError("a secret")

    monkeypatch.setattr(feeders, "_feeders", [])
    for feeder in (broken, lambda: called.append(1)):
        feeders.register_feeder(feeder)
    feeders.run_feeders()
    assert called == [1]
    assert "ValueError" in caplog.text
    assert "a secret" not in caplog.text
