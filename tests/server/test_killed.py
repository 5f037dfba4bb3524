"""The web server is killed while leads are sent: what was answered with 201 is in the database, exactly once."""

import os
import random
import signal
import time

import psutil
import pytest

from tests.server.posting import Client, count, find_project, prepare, web_server

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
def test_killed_web_server_loses_no_lead(tmp_path, request, database):
    variables = {"DATA_DIR": tmp_path / "data"}
    if database == "postgresql":
        make = request.getfixturevalue("make_postgresql_database")
        variables["DATABASE_URL"] = make("killed")
    prepare(**variables)
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
                time.sleep(random.uniform(0.1, 1.0))
                left -= 1
                if kill_something(program):
                    break
            if not left and program.process.poll() is None:
                program.wait_for_answer()
                time.sleep(2)
    for client in clients:
        client.stopping.set()
        client.join(60)
    assert_everything_is_there(clients, **variables)
