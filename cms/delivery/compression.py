"""Bodies as clients want them, compressed once and kept."""

import gzip
import sys
from functools import lru_cache

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

# The best first: what a client takes of these, it gets.
ENCODINGS = ("br", "zstd", "gzip")
IDENTITY = ""
# Below, the headers alone are longer.
SHORTEST = 256
COMPRESSIBLE = (
    *("text/", "application/json", "application/problem+json", "application/xml"),
    *("application/rss+xml", "application/atom+xml", "application/javascript"),
    *("application/ld+json", "application/manifest+json", "image/svg+xml"),
)


def compress(body: bytes, encoding: str) -> bytes:
    """Quick rather than small: the body is kept only until something changes."""
    if encoding == "br":
        return brotli.compress(body, quality=5)
    if encoding == "zstd":
        return zstd.compress(body, 6)
    if encoding == "gzip":
        return gzip.compress(body, 6, mtime=0)
    return body


def decompress(body: bytes, encoding: str) -> bytes:
    """What `compress` has made, undone."""
    if encoding == "br":
        return brotli.decompress(body)
    if encoding == "zstd":
        return zstd.decompress(body)
    if encoding == "gzip":
        return gzip.decompress(body)
    return body


def is_compressible(content_type: str, body: bytes) -> bool:
    return len(body) >= SHORTEST and content_type.startswith(COMPRESSIBLE)


@lru_cache(1_000)
def choose_encoding(accept_encoding: str) -> str:
    """The encoding for an Accept-Encoding header (RFC 9110, 12.5.3)."""
    weights = {}
    for part in accept_encoding.lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        weights[name] = weight_of(parameters)
    wildcard = weights.get("*", 0.0)
    for encoding in ENCODINGS:
        if weights.get(encoding, wildcard) > 0:
            return encoding
    return IDENTITY


def weight_of(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _equals, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0
