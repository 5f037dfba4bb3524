"""Where an address is at home, after an ip2region file on this machine. No address ever leaves it, or is logged."""

import logging
from functools import cache

from django.conf import settings
from ip2region import util
from ip2region.searcher import Searcher, new_with_buffer

from cms.core.client_address import Address

logger = logging.getLogger(__name__)

KNOWN_STRUCTURES = (util.XdbStructure20, util.XdbStructure30)
INDEX_BEGINS = util.HeaderInfoLength + util.VectorIndexLength


class RegionFileError(Exception):
    """The file cannot be read, or is no whole ip2region file."""


def find_region(address: Address) -> str:
    """The region as the file writes it, such as 中国|四川省|成都市|电信|CN. Empty where none is known.

    Nor is one where no file is configured, and at addresses that are not of the public internet.
    """
    if not settings.IP2REGION_FILE or not address.is_global:
        return ""
    return region_file(settings.IP2REGION_FILE).find(address)


@cache
def region_file(path: str) -> "RegionFile":
    """Read once for each process: a file that takes its place is seen after a restart."""
    return RegionFile(path)


class RegionFile:
    """A file in memory, where threads can search it side by side.

    One that cannot be read, or turns out to be damaged, is logged once and knows no address from then on: a
    suggestion is not worth an error.
    """

    def __init__(self, path: str) -> None:
        self._searcher: Searcher | None = None
        try:
            self._searcher = open_region_file(path)
        except RegionFileError as error:
            self._give_up(error)

    def find(self, address: Address) -> str:
        # A file knows one kind of address.
        searcher = self._searcher
        if searcher is None or len(address.packed) != searcher.version.byte_num:
            return ""
        try:
            return searcher.search(address.packed)
        except (IndexError, ValueError) as error:
            self._give_up(error)
            return ""

    def _give_up(self, error: Exception) -> None:
        self._searcher = None
        logger.error("IP2REGION_FILE is of no use: %s", error)


def open_region_file(path: str) -> Searcher:
    """A searcher of the file, which is checked as far as that is possible without reading every address."""
    try:
        content = util.load_content_from_file(path)
    except OSError as error:
        raise RegionFileError(f"{error.strerror}.") from error
    if len(content) < INDEX_BEGINS:
        raise RegionFileError("It is too short.")
    header = util.Header(content)
    version = util.version_from_header(header)
    if header.version not in KNOWN_STRUCTURES or version is None:
        raise RegionFileError("It is not in the xdb format, version 2 or 3.")
    index_ends = header.endIndexPtr + version.index_size
    if not INDEX_BEGINS <= header.startIndexPtr < index_ends <= len(content):
        raise RegionFileError("Its end is missing.")
    return new_with_buffer(version, content)
