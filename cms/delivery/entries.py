"""One answer in memory."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from cms.delivery.compression import IDENTITY, compress, decompress, is_compressible

Headers = list[tuple[str, str]]
# What objects cost in Python besides bodies: an entry with its key and what is known of its path, a variant with its
# headers, and a tag in an entry. Measured: `EntrySizeTests` compares them with what is really taken.
OVERHEAD = 2_000
VARIANT_OVERHEAD = 600
TAG_OVERHEAD = 8
# What describes the body and not the answer: a 304 has none of it.
OF_THE_BODY = {"content-length", "content-type", "content-language", "content-encoding"}
# Longer values of headers are hardly the same in many answers.
LONGEST_SHARED = 1_000


class Variant(NamedTuple):
    body: bytes
    etag: str
    headers: Headers


@dataclass(eq=False, slots=True)
class Entry:
    """Its body is kept in the encodings that it was asked for in, and only in those: text is four times as large
    when it is not compressed."""

    status: str
    headers: Headers
    # In a tuple they take a tenth of what they take in a set.
    tags: tuple[str, ...]
    # On the clock of time.monotonic().
    expires: float
    digest: str
    is_compressible: bool
    variants: dict[str, Variant] = field(default_factory=dict)
    # For Memory: whether it was asked for since it was last looked at, and for how many bytes it was counted.
    was_used: bool = False
    counted: int = 0

    @classmethod
    def build(
        cls,
        status: str,
        headers: Headers,
        body: bytes,
        tags: Iterable[str],
        expires: float,
        encoding: str = IDENTITY,
    ) -> "Entry":
        entry = cls(
            status,
            [share(*header) for header in headers],
            tuple(tags),
            expires,
            hashlib.blake2b(body, digest_size=12).hexdigest(),
            is_compressible(find(headers, "content-type"), body),
        )
        entry.add_variant(entry.encoding_for(encoding), body)
        return entry

    @property
    def size(self) -> int:
        """Bytes in memory, about."""
        bodies = sum(len(each.body) for each in self.variants.values())
        variants = VARIANT_OVERHEAD * len(self.variants)
        return OVERHEAD + variants + bodies + TAG_OVERHEAD * len(self.tags)

    def encoding_for(self, wanted: str) -> str:
        return wanted if self.is_compressible else IDENTITY

    def variant(self, encoding: str) -> Variant | None:
        """The answer in an encoding, if it was asked for in it before."""
        return self.variants.get(encoding if self.is_compressible else IDENTITY)

    def plain_body(self) -> bytes:
        encoding, variant = next(iter(self.variants.items()))
        return decompress(variant.body, encoding)

    def add_variant(self, encoding: str, plain_body: bytes) -> Variant:
        body = compress(plain_body, encoding)
        etag = f'"{self.digest}-{encoding}"' if encoding else f'"{self.digest}"'
        headers = [*self.headers, ("ETag", etag), ("Content-Length", str(len(body)))]
        if encoding:
            headers.append(share("Content-Encoding", encoding))
        variant = self.variants[encoding] = Variant(body, etag, headers)
        return variant


def share(name: str, value: str) -> tuple[str, str]:
    """A header. Most are the same in every answer, and then all of them have the same object."""
    return shared(name, value) if len(value) <= LONGEST_SHARED else (name, value)


@lru_cache(500)
def shared(name: str, value: str) -> tuple[str, str]:
    return name, value


def find(headers: Headers, name: str) -> str:
    """All values of a header, which are one list (RFC 9110, 5.2)."""
    return ", ".join(value for key, value in headers if key.lower() == name)


def without(headers: Headers, *names: str) -> Headers:
    return [(key, value) for key, value in headers if key.lower() not in names]
