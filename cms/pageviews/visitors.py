"""Who reads a page, as far as it takes to count them once: a hash that nobody can follow beyond the day."""

import hashlib
import hmac
import secrets
import threading
from datetime import date

from django.http import HttpRequest

from cms.core.client_address import client_address
from cms.pageviews.models import DailySalt, today

LONGEST_USER_AGENT = 500


class Salts:
    """The salt of the day, the same in all processes, asked for once in each."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.day: date | None = None
        self.salt = b""

    def current(self) -> bytes:
        with self.lock:
            if self.day != today():
                self.day, self.salt = load_salt()
            return self.salt

    def forget(self) -> None:
        with self.lock:
            self.day = None


def load_salt() -> tuple[date, bytes]:
    """Two processes may both find none: the first to write has made it."""
    day = today()
    DailySalt.objects.bulk_create(
        [DailySalt(day=day, salt=secrets.token_bytes(32))], ignore_conflicts=True
    )
    return day, bytes(DailySalt.objects.get(day=day).salt)


salts = Salts()


def identify(request: HttpRequest, page_id: int) -> str:
    """A hash of visitor and page. The address behind it is neither stored nor logged."""
    agent = request.headers.get("User-Agent", "")[:LONGEST_USER_AGENT]
    content = f"{page_id}\n{client_address(request)}\n{agent}"
    digest = hmac.digest(salts.current(), content.encode(), hashlib.sha256)
    return digest.hex()[:32]
