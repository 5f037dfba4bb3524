"""The keys in ENCRYPTION_KEYS. The first encrypts; all of them decrypt, so that keys can be changed."""

from functools import cache

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

MISSING = "Set ENCRYPTION_KEYS: `manage.py generate_encryption_key` prints one."
WRONG = (
    "ENCRYPTION_KEYS holds something that is no key. A key has 44 characters; "
    "`manage.py generate_encryption_key` prints one."
)


def get_keys() -> tuple[str, ...]:
    keys = tuple(settings.ENCRYPTION_KEYS)
    if not keys:
        raise ImproperlyConfigured(MISSING)
    return keys


def get_cipher() -> MultiFernet:
    return _build_cipher(get_keys())


def get_primary_cipher() -> Fernet:
    """That of the first key alone: what it cannot decrypt is still to be rotated."""
    return _build_primary(get_keys()[0])


def get_hash_keys() -> list[bytes]:
    """The keys of look-up hashes, one for each encryption key and in their order."""
    return [_derive_hash_key(key) for key in get_keys()]


@cache
def _build_cipher(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([_build_primary(key) for key in keys])


@cache
def _build_primary(key: str) -> Fernet:
    try:
        return Fernet(key)
    except ValueError:
        # The parser's message is not repeated: it may hold the key.
        raise ImproperlyConfigured(WRONG) from None


@cache
def _derive_hash_key(key: str) -> bytes:
    """A key of its own purpose (RFC 5869): whoever learns it cannot decrypt anything."""
    derivation = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"look-up hash")
    return derivation.derive(key.encode())
