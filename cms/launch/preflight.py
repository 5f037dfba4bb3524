"""What must hold before anything is started."""

import errno
import socket
from typing import Any

from django.db import DatabaseError, connection

from cms.launch.errors import LaunchError
from cms.settings.database import SQLITE


def check_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # Connections that a stopped server left behind do not count as "in use".
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            raise LaunchError(port_problem(host, port, error)) from None


def port_problem(host: str, port: int, error: OSError | OverflowError) -> str:
    if getattr(error, "errno", None) == errno.EADDRINUSE:
        return (
            f"Port {port} is in use: stop the program that listens there, "
            f"or choose another port with PORT={port + 1}."
        )
    return f"The site cannot listen on HOST={host} and PORT={port}: {error}."


def check_database() -> None:
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        message = (
            f"The database {address_of(connection.settings_dict)} cannot be reached: {first_line(error)}. "
            "Start it, or correct DATABASE_URL."
        )
        raise LaunchError(message) from None


def address_of(database: dict[str, Any]) -> str:
    """The database without its user and password."""
    if database["ENGINE"] == SQLITE:
        return str(database["NAME"])
    return f"{database['NAME']} at {database['HOST'] or 'localhost'}:{database['PORT'] or 5432}"


def first_line(error: Exception) -> str:
    """A driver's message says the cause first and goes on with advice."""
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return lines[0].rstrip(".")
