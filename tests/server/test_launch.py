"""`manage.py launch` when something is not as it should be, and on PostgreSQL."""

import socket
import sys
from contextlib import closing

import pytest

from tests.programs import free_port, manage, running

READY = "Ctrl-C stops everything"


def launch(data_dir, **variables):
    return manage("launch", **{"PORT": free_port(), "DATA_DIR": data_dir} | variables)


def assert_one_sentence(result, *words):
    assert result.returncode == 1
    assert result.stdout == ""
    assert len(result.stderr.strip().splitlines()) == 1, result.stderr
    for word in words:
        assert word in result.stderr


def test_port_in_use(tmp_path):
    with closing(socket.create_server(("127.0.0.1", 0))) as other:
        port = other.getsockname()[1]
        result = launch(tmp_path, PORT=port)
    assert_one_sentence(result, f"Port {port} is in use", f"PORT={port + 1}")


def test_unreachable_database(tmp_path):
    url = f"postgres://editor:hunter2@127.0.0.1:{free_port()}/site"
    result = launch(tmp_path, DATABASE_URL=url)
    assert_one_sentence(result, "site at 127.0.0.1", "DATABASE_URL")
    assert "hunter2" not in result.stderr


@pytest.mark.parametrize(
    "url",
    ["nonsense", "mysql://u:hunter2@host/name", "postgres://u:hun#ter2@host/name"],
)
def test_wrong_database_url(tmp_path, url):
    result = launch(tmp_path, DATABASE_URL=url)
    assert_one_sentence(result, "DATABASE_URL is not understood")
    assert "ter2" not in result.stderr


def test_wrong_port(tmp_path):
    assert_one_sentence(launch(tmp_path, PORT="eighty"), "PORT")


def test_folder_that_cannot_be_made(tmp_path):
    (tmp_path / "file").touch()
    assert_one_sentence(launch(tmp_path / "file" / "data"), "DATA_DIR")


def launched(log, **variables):
    command = [sys.executable, "manage.py", "launch"]
    return running(command, log, PORT=free_port(), **variables)


def test_a_child_that_dies_ends_the_site(tmp_path, live_site):
    with launched(tmp_path / "log", DATA_DIR=live_site.data_dir) as site:
        site.wait_for_output(READY)
        worker = next(child for child in site.tree if "db_worker" in child.cmdline())
        worker.kill()
        assert site.process.wait(30) == 1
        assert "The background worker ended unexpectedly" in site.output
        assert site.survivors() == []


def test_whole_site_on_postgresql(tmp_path, make_postgresql_database):
    url = make_postgresql_database("launch")
    variables = {"DATA_DIR": tmp_path / "data", "DATABASE_URL": url}
    with launched(tmp_path / "log", **variables) as site:
        site.wait_for_output(READY)
        assert site.get("/").status_code == 200
        site.press_ctrl_c()
        assert site.process.returncode == 0
        assert site.survivors() == []
