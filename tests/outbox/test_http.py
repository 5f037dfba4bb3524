import socket
import threading
import time

import pytest

from cms.outbox import http
from cms.outbox.http import ForbiddenAddress, NoAnswer, post


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:1/",
        "http://localhost:1/",
        "http://[::1]:1/",
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/",
        "http://0.0.0.0:1/",
        "http://2130706433:1/",
    ],
)
def test_private_addresses_are_refused(url):
    with pytest.raises(ForbiddenAddress):
        post(url, b"{}", {})


def test_only_the_listed_port_is_allowed(robot):
    with pytest.raises(ForbiddenAddress):
        post("http://127.0.0.1:1/", b"{}", {})
    assert post(robot.url, b"{}", {}).status == 200


def test_error_names_no_address(settings):
    settings.OUTBOX_PRIVATE_HOSTS = ["127.0.0.1:1"]
    with pytest.raises(NoAnswer) as error:
        post("http://127.0.0.1:1/send?key=very-secret", b"{}", {})
    assert "very-secret" not in str(error.value)


def test_long_answer_is_cut(robot):
    robot.answer((200, "x" * 1_000_000))
    assert len(post(robot.url, b"{}", {}).text) <= http.LARGEST_ANSWER + http.CHUNK


def test_answer_that_drips_in_is_given_up(settings, monkeypatch):
    monkeypatch.setattr(http, "TOTAL_SECONDS", 1.0)

    def drip(server):
        client, _address = server.accept()
        client.recv(65_536)
        client.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        try:
            for _ in range(50):
                client.sendall(b"x")
                time.sleep(0.1)
        except OSError:
            pass

    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        settings.OUTBOX_PRIVATE_HOSTS = [f"127.0.0.1:{port}"]
        threading.Thread(target=drip, args=[server], daemon=True).start()
        started = time.monotonic()
        with pytest.raises(NoAnswer):
            post(f"http://127.0.0.1:{port}/", b"{}", {})
        assert time.monotonic() - started < 3
