"""The name that a consent's text goes by in pages and in the API: another text has another one."""

import hashlib
import re

DIGEST = "[0-9a-f]{64}"


def digest_of(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def is_digest(text: str) -> bool:
    return bool(re.fullmatch(DIGEST, text))
