"""Keyed hashes: to find an encrypted value again without decrypting all of them."""

import hmac
from hashlib import sha256

from cms.encryption.keys import get_hash_keys

LENGTH = 32  # hexadecimal digits: 128 bits


def hash_value(value: str, purpose: str) -> str:
    """The hash to store, 32 hexadecimal digits; none for no value.

    Without the key it cannot be guessed, not even for something as short as a phone number. `purpose` (such as
    "mobile") keeps equal values of different columns apart.
    """
    return _digest(get_hash_keys()[0], value, purpose) if value else ""


def hash_candidates(value: str, purpose: str) -> list[str]:
    """The hashes to look for: one for each key, because rows wait for `rotate_lead_keys` under an older one."""
    return [_digest(key, value, purpose) for key in get_hash_keys()] if value else []


def _digest(key: bytes, value: str, purpose: str) -> str:
    message = f"{purpose}\0{value}".encode()
    return hmac.new(key, message, sha256).hexdigest()[:LENGTH]
