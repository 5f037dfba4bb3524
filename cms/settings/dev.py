"""For one's own machine (`make run`, `make dev`): the base, loosened to plain HTTP on localhost."""

import secrets
from collections.abc import Callable

from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

from cms.settings import environment
from cms.settings.base import *  # noqa: F403 (settings modules build on each other)
from cms.settings.base import DATA_DIR, DELIVERY, STORAGES

DEBUG = environment.DEBUG
ALLOWED_HOSTS = environment.ALLOWED_HOSTS or [
    *("localhost", "127.0.0.1", "[::1]", environment.HOST)
]
WAGTAILADMIN_BASE_URL = environment.SITE_URL or f"http://localhost:{environment.PORT}"

SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False


def keep(name: str, make: Callable[[], str]) -> str:
    """A key of this machine, made at the first start: sessions and encrypted data outlive a restart."""
    path = DATA_DIR / name
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(make(), encoding="ascii")
    return path.read_text(encoding="ascii")


try:
    DATA_DIR.mkdir(parents=True, exist_ok=True)
    SECRET_KEY = environment.SECRET_KEY or keep(
        "secret_key", lambda: secrets.token_urlsafe(50)
    )
    ENCRYPTION_KEYS = environment.ENCRYPTION_KEYS or [
        keep("encryption_key", lambda: Fernet.generate_key().decode())
    ]
except OSError as error:
    message = f"DATA_DIR={DATA_DIR} cannot be written: {error.strerror}."
    raise ImproperlyConfigured(message) from None

# While the code changes, memory would show what it did before.
if DEBUG:
    DELIVERY["CACHE"] = environment.DELIVERY_CACHE is True

STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    if DEBUG
    else "cms.launch.storage.QuicklyCompressedStaticFilesStorage"
}
