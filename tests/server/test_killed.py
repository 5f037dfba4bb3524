"""The web server is killed while leads are sent: what was answered with 201 is in the database, exactly once."""

import os
import random
import signal
import time

import psutil
import pytest

from tests.server.posting import Client, count, find_project, web_server

# On each database.
KILLS = 25
CLIENTS = 4


def assert_everything_is_there(clients, **variables):
    receipts = {key: value for each in clients for key, value in each.receipts.items()}
    stored = count(**variables)
    assert len(receipts) > KILLS
    assert {key: stored["touches"].get(key) for key in receipts} == receipts
    assert [each.contradictions for each in clients] == [[]] * CLIENTS
    # A client that was stopped may have been stored without having been answered.
    assert len(receipts) <= stored["leads"] <= len(receipts) + CLIENTS
    assert (stored["leads_without_touch"], stored["told_twice"]) == (0, 0)
    assert stored["told"] == stored["leads"]


def has_answered(program, clients, seconds=30):
    """Waits for one more lead: a server that is killed before it has stored anything proves nothing. False when it has
    ended by itself, as granian does when a worker that it has just started is killed."""
    before = count_answers(clients)
    deadline = time.monotonic() + seconds
    while count_answers(clients) == before:
        if program.process.poll() is not None:
            return False
        assert time.monotonic() < deadline, "Nothing was stored between two kills."
        time.sleep(0.02)
    return True


def count_answers(clients):
    return sum(len(each.receipts) for each in clients)


def kill_something(program):
    """A worker, or now and then everything. Says whether the server has to be started again."""
    if random.random() < 0.1:
        os.killpg(program.process.pid, signal.SIGKILL)
        program.process.wait()
        return True
    workers = psutil.Process(program.process.pid).children()
    if workers:
        random.choice(workers).kill()
    return False


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_killed_web_server_loses_no_lead(tmp_path, request, database, prepared_sites):
    url = ""
    if database == "postgresql":
        url = request.getfixturevalue("make_postgresql_database")("killed")
    variables = prepared_sites.copy("demo", tmp_path / "data", url)
    clients, left = [], KILLS
    current = {"url": ""}
    while left:
        with web_server(tmp_path / "log", **variables) as program:
            program.wait_for_answer()
            current["url"] = program.url
            if not clients:
                project = find_project(program.url)
                clients = [
                    Client(lambda: current["url"], project) for _ in range(CLIENTS)
                ]
                for client in clients:
                    client.start()
            while left:
                if not has_answered(program, clients):
                    break
                time.sleep(random.uniform(0, 0.5))
                left -= 1
                if kill_something(program):
                    break
    for client in clients:
        client.stopping.set()
        client.join(60)
    assert_everything_is_there(clients, **variables)
