"""Waiting until the web server really answers."""

import time
from http.client import HTTPConnection, HTTPException

from cms.launch.errors import LaunchError
from cms.launch.processes import Processes

PATIENCE_SECONDS = 60


def wait_until_ready(host: str, port: int, processes: Processes) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not (status := home_page_status(host, port)):
        processes.check()
        if time.monotonic() > deadline:
            message = f"The web server did not answer within {PATIENCE_SECONDS} seconds, so everything was stopped."
            raise LaunchError(message)
        time.sleep(0.2)
    if status >= 500:
        message = f"The home page answers with status {status}, so everything was stopped: see the messages above."
        raise LaunchError(message)


def home_page_status(host: str, port: int) -> int | None:
    connection = HTTPConnection(local_address(host), port, timeout=10)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status
    except (OSError, HTTPException):
        return None
    finally:
        connection.close()


def local_address(host: str) -> str:
    """The address of this machine that reaches a server listening on `host`."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 (compared, not bound)
