"""A small but whole ip2region file, in the xdb format as its makers describe it."""

import struct
from collections.abc import Mapping
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path

from ip2region import util

HEADER = "<HHIIIHH"
VECTOR_INDEX_POLICY = 1
TEXTS_BEGIN = util.HeaderInfoLength + util.VectorIndexLength


def write_region_file(
    path: Path, regions: Mapping[str, str], *, structure: int = util.XdbStructure30
) -> Path:
    """A file of networks of one kind, none larger than /16: the vector index sorts by the first two bytes.

    First the header, then where the segments of each two bytes begin and end, the texts, and the segments: first and
    last address, length and place of the text.
    """
    networks = sorted((ip_network(cidr), text) for cidr, text in regions.items())
    version = util.IPv4 if networks[0][0].version == 4 else util.IPv6
    vector = bytearray(util.VectorIndexLength)
    texts, places = b"", []
    for _network, text in networks:
        encoded = text.encode()
        places.append((len(encoded), TEXTS_BEGIN + len(texts)))
        texts += encoded
    begin = TEXTS_BEGIN + len(texts)
    segments = b""
    for (network, _text), place in zip(networks, places, strict=True):
        at = begin + len(segments)
        segments += ends(network) + struct.pack("<HI", *place)
        first, second = network.network_address.packed[:2]
        row = (first * util.VectorIndexCols + second) * util.VectorIndexSize
        known = struct.unpack_from("<I", vector, row)[0]
        struct.pack_into("<II", vector, row, known or at, at + version.index_size)
    last = begin + len(segments) - version.index_size
    header = struct.pack(
        HEADER, structure, VECTOR_INDEX_POLICY, 0, begin, last, version.id, 4
    )
    path.write_bytes(
        header.ljust(util.HeaderInfoLength, b"\0") + vector + texts + segments
    )
    return path


def ends(network: IPv4Network | IPv6Network) -> bytes:
    """First and last address. Those of version 4 stand with their last byte first, as they did in older files."""
    step = -1 if network.version == 4 else 1
    first, last = network.network_address, network.broadcast_address
    return first.packed[::step] + last.packed[::step]
