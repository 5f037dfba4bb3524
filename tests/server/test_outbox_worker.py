"""`manage.py outbox run` as real processes, against robots that behave as robots do."""

import json
import random
import sqlite3
import sys
import time
from contextlib import ExitStack, closing

import pytest

from tests.outbox.robot import running_robot
from tests.programs import manage, running

PUT = """
import json, sys
from cms.outbox.models import Channel
from cms.outbox.queue import Notice, enqueue
for name, address, number in json.loads({channels!r}):
    channel, _ = Channel.objects.get_or_create(
        name=name, defaults=dict(kind="webhook", address=address, secret="whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    )
    for index in range(number):
        enqueue(channel, Notice(title="x", data=dict(index=index)), event="lead.created")
"""
LEASES_RUN_OUT = """
from cms.outbox.models import Message
Message.objects.filter(state="sending").update(lease_until="2020-01-01T00:00Z")
"""
STATES = "SELECT state, count(*) FROM outbox_message GROUP BY state"


@pytest.fixture
def variables(tmp_path, prepared_sites):
    return prepared_sites.copy("empty", tmp_path / "data")


@pytest.fixture
def robots():
    with ExitStack() as stack:
        yield [stack.enter_context(running_robot()) for _ in range(6)]


def put(channels, **variables):
    result = manage(
        "shell", "-v0", "-c", PUT.format(channels=json.dumps(channels)), **variables
    )
    assert result.returncode == 0, result.stderr


def states(variables):
    with closing(sqlite3.connect(variables["DATA_DIR"] / "db.sqlite3")) as database:
        return dict(database.execute(STATES))


def worker(log, **variables):
    return running([sys.executable, "manage.py", "outbox", "run"], log, **variables)


def indexes(robot):
    return [body["data"]["index"] for body in robot.bodies]


def wait_until(condition, seconds=60):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_killed_worker_loses_no_message(tmp_path, variables, robots):
    """What was on its way at that moment may come twice, under the same id; what was confirmed never does."""
    robot, kills = robots[0], 6
    robot.answer((200, "", 0.05))
    variables["OUTBOX_PRIVATE_HOSTS"] = robot.host
    put([("crm", robot.url, 200)], **variables)
    for _ in range(kills):
        with worker(tmp_path / "log", **variables) as program:
            seen = len(robot.requests)
            wait_until(lambda seen=seen: len(robot.requests) > seen + 5)
            time.sleep(random.uniform(0, 0.2))
            program.process.kill()
            program.process.wait()
    # The lease of what was on its way runs out.
    manage("shell", "-v0", "-c", LEASES_RUN_OUT, **variables)
    with worker(tmp_path / "log", **variables):
        wait_until(lambda: set(indexes(robot)) == set(range(200)))
        wait_until(lambda: states(variables) == {"sent": 200})
    assert len(robot.requests) <= 200 + kills


def test_two_workers_send_nothing_twice(tmp_path, variables, robots):
    robot = robots[0]
    variables["OUTBOX_PRIVATE_HOSTS"] = robot.host
    put([("crm", robot.url, 100)], **variables)
    with worker(tmp_path / "a", **variables), worker(tmp_path / "b", **variables):
        wait_until(lambda: states(variables) == {"sent": 100})
    assert sorted(indexes(robot)) == list(range(100))


def test_bad_channels_delay_no_good_one(tmp_path, variables, robots):
    slow, broken, busy, garbage, silent, good = robots
    slow.answer((200, "", 10))
    broken.answer((500, "down"))
    busy.answer((429, ""))
    garbage.answer((418, "\ufffd" * 1000))
    silent.answer((200, "", 60))
    names = ("slow", "broken", "busy", "garbage", "silent")
    bad = [(name, each.url, 20) for name, each in zip(names, robots, strict=False)]
    variables["OUTBOX_PRIVATE_HOSTS"] = ",".join(each.host for each in robots)
    put(bad, **variables)
    with worker(tmp_path / "log", **variables) as program:
        wait_until(lambda: slow.requests and silent.requests)
        put([("good", good.url, 50)], **variables)
        started = time.monotonic()
        wait_until(lambda: len(good.requests) == 50, seconds=20)
        assert time.monotonic() - started < 10
        assert "very-secret" not in program.output


def test_stopped_worker_finishes_what_is_on_its_way(tmp_path, variables, robots):
    robot = robots[0]
    robot.answer((200, "", 1))
    variables["OUTBOX_PRIVATE_HOSTS"] = robot.host
    put([("crm", robot.url, 5)], **variables)
    with worker(tmp_path / "log", **variables) as program:
        wait_until(lambda: robot.requests)
        program.process.terminate()
        assert program.process.wait(20) == 0
    assert states(variables).get("sending") is None
    assert states(variables)["sent"] == len(robot.requests)
