"""One answer in memory."""

import hashlib
from dataclasses import dataclass, field
from typing import NamedTuple

from cms.delivery.compression import IDENTITY, compress, is_compressible

Headers = list[tuple[str, str]]
# What an object and a tag cost in Python, besides their text.
OVERHEAD = 1_000
TAG_OVERHEAD = 60
# What describes the body and not the answer: a 304 has none of it.
OF_THE_BODY = {"content-length", "content-type", "content-language", "content-encoding"}


class Variant(NamedTuple):
    body: bytes
    etag: str
    headers: Headers


@dataclass(eq=False)
class Entry:
    status: str
    headers: Headers
    body: bytes
    tags: frozenset[str]
    # On the clock of time.monotonic().
    expires: float
    is_compressible: bool = False
    variants: dict[str, Variant] = field(default_factory=dict)

    @classmethod
    def build(
        cls,
        status: str,
        headers: Headers,
        body: bytes,
        tags: frozenset[str],
        expires: float,
    ) -> "Entry":
        content_type = find(headers, "content-type")
        compressible = is_compressible(content_type, body)
        return cls(status, headers, body, tags, expires, compressible)

    @property
    def size(self) -> int:
        """Bytes in memory, about."""
        bodies = len(self.body) + sum(
            len(variant.body) for name, variant in self.variants.items() if name
        )
        return OVERHEAD + bodies + TAG_OVERHEAD * len(self.tags)

    def variant(self, encoding: str) -> Variant:
        """The answer in an encoding, made when it is first asked for."""
        if not self.is_compressible:
            encoding = IDENTITY
        found = self.variants.get(encoding)
        if found is None:
            found = self.variants[encoding] = self.make_variant(encoding)
        return found

    def make_variant(self, encoding: str) -> Variant:
        body = compress(self.body, encoding)
        digest = hashlib.blake2b(self.body, digest_size=12).hexdigest()
        etag = f'"{digest}-{encoding}"' if encoding else f'"{digest}"'
        headers = [*self.headers, ("ETag", etag), ("Content-Length", str(len(body)))]
        if encoding:
            headers.append(("Content-Encoding", encoding))
        return Variant(body, etag, headers)


def find(headers: Headers, name: str) -> str:
    """All values of a header, which are one list (RFC 9110, 5.2)."""
    return ", ".join(value for key, value in headers if key.lower() == name)


def without(headers: Headers, *names: str) -> Headers:
    return [(key, value) for key, value in headers if key.lower() not in names]
