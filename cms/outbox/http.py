"""Outgoing HTTP: to the public internet only, in a limited time, with a limited answer, never redirected."""

import socket
import time
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

import urllib3
from urllib3.util import Timeout

from cms.outbox.settings import private_hosts

CONNECT_SECONDS = 5.0
TOTAL_SECONDS = 15.0
LARGEST_ANSWER = 64 * 1024
CHUNK = 4096
DEFAULT_PORTS = {"https": 443, "http": 80}


class NoAnswer(Exception):
    """Nothing that could be read came back. The text is for people and names no address: those are secrets."""


class ForbiddenAddress(NoAnswer):
    """The address leads into our own network."""


@dataclass(frozen=True)
class Answer:
    status: int
    text: str


def post(url: str, body: bytes, headers: dict[str, str]) -> Answer:
    return request("POST", url, body, headers)


def request(
    method: str,
    url: str,
    body: bytes,
    headers: dict[str, str],
    *,
    is_from_settings: bool = False,
) -> Answer:
    """Send a request and read what comes back. Raises NoAnswer.

    An address that is from the settings may lead into our own network: who writes those knows what is there. Any other
    address is looked up once, checked, and connected to as it was checked: a name that changes between the two
    (DNS rebinding) cannot lead into our own network.
    """
    deadline = time.monotonic() + TOTAL_SECONDS
    target = urlsplit(url)
    pool = connect(target, is_from_settings)
    try:
        response = pool.urlopen(
            method,
            (target.path or "/") + (f"?{target.query}" if target.query else ""),
            body=body,
            headers={"Host": target.netloc, "User-Agent": "Tongdao", **headers},
            redirect=False,
            retries=False,
            preload_content=False,
            timeout=Timeout(connect=CONNECT_SECONDS, read=TOTAL_SECONDS),
        )
        return Answer(response.status, read(response, deadline))
    except (urllib3.exceptions.HTTPError, OSError) as error:
        raise NoAnswer(f"No answer: {type(error).__name__}.") from None
    finally:
        pool.close()


def connect(target: SplitResult, is_from_settings: bool) -> urllib3.HTTPConnectionPool:
    port = target.port or DEFAULT_PORTS[target.scheme]
    address = find_address(target.hostname or "", port, is_from_settings)
    if target.scheme == "https":
        return urllib3.HTTPSConnectionPool(
            address,
            port,
            assert_hostname=target.hostname,
            server_hostname=target.hostname,
        )
    return urllib3.HTTPConnectionPool(address, port)


def find_address(host: str, port: int, is_from_settings: bool) -> str:
    """The first address of the host, if it may be connected to."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError:
        raise NoAnswer("The host name is not found.") from None
    address = str(found[0][4][0])
    is_allowed = is_from_settings or f"{host}:{port}" in private_hosts()
    if not is_allowed and not ip_address(address).is_global:
        raise ForbiddenAddress("The address belongs to a private network.")
    return address


def read(response: urllib3.BaseHTTPResponse, deadline: float) -> str:
    """The answer's text up to a limit. One that drips in slowly is given up at the deadline."""
    content = b""
    while len(content) < LARGEST_ANSWER:
        if time.monotonic() > deadline:
            raise NoAnswer("The answer took too long.")
        # Reads what is there instead of waiting for a whole chunk.
        chunk = response.read1(CHUNK)
        if not chunk:
            break
        content += chunk
    return content.decode(errors="replace")
