"""Which share of each page's text is found on no other page: exact, and in time that grows with the text alone.

A page is a set of pieces: its paragraphs, headings, titles and so on. Pieces that stand on many pages, as inherited
ones do, are kept and compared once.
"""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

from home.readiness.shingles import MODULUS, PlaceNames, shingles_of, steps_of

Key = Hashable
Progress = Callable[[Sequence[int]], Iterable[int]]

NOBODY, MANY = -1, -2
# Shingles are compared part by part, so that only one part of them is in a dictionary at a time.
PARTS = 16
REMEMBERED_TEXTS = 8192
# Shorter texts are measured as if they were as long as this: three sentences nobody else has do not make a page.
SHORTEST_TEXT = 250


@dataclass(slots=True)
class Piece:
    shingles: "array[int]"
    # The one page that has it, as a number; or NOBODY, or MANY.
    holder: int = NOBODY
    # How many of its shingles no other page has.
    own: int = 0

    def between(self, low: int, high: int) -> "array[int]":
        first = bisect_left(self.shingles, low)
        return self.shingles[first : bisect_left(self.shingles, high, first)]


class Corpus:
    """The texts of pages that stand beside each other."""

    def __init__(self, place_names: PlaceNames) -> None:
        self._place_names = place_names
        self._pages: dict[Key, list[Piece]] = {}
        self._pieces: dict[bytes, Piece] = {}
        self._piece_of = lru_cache(REMEMBERED_TEXTS)(self._find_piece)

    def add(self, key: Key, texts: Iterable[str], *, is_published: bool) -> None:
        """What is not published is compared with the others, but takes nothing from them."""
        number = len(self._pages)
        found = {id(piece): piece for piece in map(self._piece_of, texts)}
        self._pages[key] = [piece for piece in found.values() if piece.shingles]
        if is_published:
            for piece in self._pages[key]:
                piece.holder = number if piece.holder == NOBODY else MANY

    def shares(self, progress: Progress = iter) -> dict[Key, float]:
        """For each page the share of its text that no other published page has, from 0 to 1."""
        self._compare(progress)
        return {
            key: _share(number, pieces)
            for number, (key, pieces) in enumerate(self._pages.items())
        }

    def _find_piece(self, text: str) -> Piece:
        steps = self._place_names.left_out(steps_of(text))
        digest = blake2b(" ".join(steps).encode(), digest_size=16).digest()
        if digest not in self._pieces:
            self._pieces[digest] = Piece(shingles_of(steps))
        return self._pieces[digest]

    def _compare(self, progress: Progress) -> None:
        for part in progress(range(PARTS)):
            low, high = (MODULUS * edge // PARTS for edge in (part, part + 1))
            holders = self._holders_between(low, high)
            for piece in self._pieces.values():
                if piece.holder != MANY:
                    piece.own += sum(
                        holders.get(shingle, NOBODY) == piece.holder
                        for shingle in piece.between(low, high)
                    )

    def _holders_between(self, low: int, high: int) -> dict[int, int]:
        holders: dict[int, int] = {}
        for piece in self._published_pieces():
            holder = piece.holder
            for shingle in piece.between(low, high):
                if holders.setdefault(shingle, holder) != holder:
                    holders[shingle] = MANY
        return holders

    def _published_pieces(self) -> Iterator[Piece]:
        return (piece for piece in self._pieces.values() if piece.holder != NOBODY)


def _share(page: int, pieces: list[Piece]) -> float:
    """A piece that only drafts have is their own; one that a single published page has is that page's."""
    own = sum(piece.own for piece in pieces if piece.holder in (NOBODY, page))
    return own / max(SHORTEST_TEXT, sum(len(piece.shingles) for piece in pieces))
