"""Nothing is lost, nothing is sent twice, and nobody is sent too much."""

from datetime import timedelta

import time_machine
from django.utils import timezone

from cms.outbox import backoff
from cms.outbox.models import Channel, Delivery, Message
from cms.outbox.outcomes import Outcome, Result
from cms.outbox.queue import Notice, enqueue, erase, find, retry
from cms.outbox.sending import LEASE, record, send_next, take

State = Message.State
SENT = Outcome(Result.SENT)


def later(**span):
    return time_machine.travel(timezone.now() + timedelta(**span))


class TestQueue:
    def test_message_with_the_same_key_is_the_same(self, put):
        put(2, key="lead.created:1")
        assert Message.objects.count() == 1

    def test_messages_without_a_key_are_all_kept(self, put):
        put(2)
        assert Message.objects.count() == 2

    def test_content_is_not_readable_in_the_database(
        self, put, django_assert_num_queries
    ):
        from django.db import connection

        put()
        with connection.cursor() as cursor:
            cursor.execute("SELECT payload FROM outbox_message")
            [row] = cursor.fetchone()
        # Signs that no token can hold by chance.
        assert "138****8000" not in row
        assert "成都" not in row

    def test_what_is_erased_is_not_sent(self, robot, put, empty):
        put(subject="lead:1")
        put(subject="lead:2")
        assert erase("lead:1") == 1
        assert empty() == 1
        [erased] = find("lead:1")
        assert (erased.payload, erased.state) == ({}, State.DEAD)
        assert retry(find("lead:1")) == 0


class TestBackoff:
    def test_delays_grow_until_it_is_given_up(self):
        delays = [backoff.delay_after(attempts) for attempts in range(1, 8)]
        assert delays[-1] is None
        assert timedelta(seconds=48) <= delays[0] <= timedelta(seconds=72)
        assert delays[5] >= timedelta(hours=9)

    def test_server_that_is_down_for_an_hour_loses_nothing(self, robot, put, empty):
        robot.answer((500, "down"))
        put(3)
        for minutes in range(0, 60, 3):
            with later(minutes=minutes):
                empty()
        assert not Message.objects.filter(state=State.DEAD).exists()
        robot.answer((200, {"errcode": 0}))
        with later(hours=4):
            empty()
        assert set(Message.objects.values_list("state", flat=True)) == {State.SENT}

    def test_server_that_is_down_is_asked_less_and_less(self, robot, put, empty):
        robot.answer((500, "down"))
        put(5)
        for seconds in range(60):
            with later(seconds=seconds):
                empty()
        assert len(robot.requests) <= 5

    def test_dead_letter_is_sent_again_on_request(self, robot, put, empty):
        robot.answer((200, {"errcode": 93000}), (200, {"errcode": 0}))
        put()
        empty()
        assert retry(Message.objects.all()) == 1
        assert retry(Message.objects.all()) == 0
        empty()
        assert Message.objects.get().state == State.SENT


class TestBudget:
    def test_robot_gets_twenty_in_a_minute(self, robot, channel, put, empty):
        for _ in range(30):
            put()
            empty()
        assert len(robot.requests) == 20
        with later(seconds=61):
            empty()
        assert not Message.objects.exclude(state=State.SENT).exists()

    def test_many_at_once_become_a_digest(self, robot, put, empty):
        put(30)
        assert empty() == 1
        [body] = robot.bodies
        assert "30" in body["markdown"]["content"]
        assert Delivery.objects.get().messages.count() == 30

    def test_few_are_sent_one_by_one(self, robot, put, empty):
        put(3)
        assert empty() == 3


class TestLease:
    def test_message_on_its_way_is_left_alone(self, channel, put):
        put()
        assert take(channel.pk)
        assert take(channel.pk) is None

    def test_message_of_a_worker_that_died_is_sent_by_another(
        self, robot, channel, put, empty
    ):
        put()
        take(channel.pk)
        with later(seconds=LEASE.total_seconds() + 1):
            assert empty() == 1
        assert Message.objects.get().state == State.SENT

    def test_failure_of_a_worker_that_was_too_slow_changes_nothing(self, channel, put):
        put()
        _sender, slow, delivery = take(channel.pk)
        with later(seconds=LEASE.total_seconds() + 1):
            _sender, quick, second = take(channel.pk)
            record(quick, second, SENT, 1)
            record(slow, delivery, Outcome(Result.FAILED, "late"), 130)
        assert Message.objects.get().state == State.SENT


class TestClock:
    def test_clock_put_back_sends_nothing_twice(self, robot, put, empty):
        put(2)
        empty()
        with later(hours=-3):
            assert empty() == 0
        assert len(robot.requests) == 2

    def test_clock_put_back_holds_nothing_up(self, robot, put, empty):
        with later(hours=30):
            for _ in range(20):
                put()
                empty()
            put()
        with later(minutes=2):
            empty()
        with later(minutes=20):
            empty()
        assert not Message.objects.exclude(state=State.SENT).exists()

    def test_clock_put_back_does_not_break_the_budget(self, robot, put, empty):
        for _ in range(20):
            put()
            empty()
        with later(hours=-1):
            put()
            assert empty() == 0


def test_inactive_channel_waits(channel, put, empty):
    Channel.objects.update(is_active=False)
    put()
    assert empty() == 0
    assert Message.objects.get().state == State.WAITING


def test_log_channel_tells_that_and_not_what(db, caplog):
    caplog.set_level("INFO", logger="cms.outbox")
    log = Channel.objects.create(name="log", kind="log")
    notice = Notice(title="新线索", facts=[("姓名", "张三丰")])
    enqueue(log, notice, event="lead.created")
    assert send_next(log.pk)
    assert "lead.created" in caplog.text
    assert "张三丰" not in caplog.text


def test_unexpected_error_is_one_more_failure(channel, put, caplog, monkeypatch):
    from cms.outbox.channels.wecom import WeComSender

    def fail(*args):
        raise RuntimeError("13800138000")

    monkeypatch.setattr(WeComSender, "build", fail)
    put()
    assert send_next(channel.pk)
    message = Message.objects.get()
    assert (message.state, message.last_error) == (State.WAITING, "RuntimeError")
    assert "13800138000" not in caplog.text
