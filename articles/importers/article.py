import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from articles.importers.wording import squash

Block = tuple[str, Any]


@dataclass(frozen=True)
class ImportedArticle:
    """What was understood of one page. The body holds (block type, raw value) pairs of the body's vocabulary."""

    title: str
    body: tuple[Block, ...]
    announcement: str = ""
    kicker: str = ""
    subtitle: str = ""
    source_name: str = ""
    author: str = ""
    published_at: datetime | None = None
    updated_at: datetime | None = None
    views: int | None = None
    chrome: tuple[str, ...] = ()
    """Lines left out because they stand around every article of a site."""
    notes: tuple[str, ...] = ()
    """What else the person who imports should know, in sentences."""

    @property
    def dated(self) -> datetime | None:
        return self.updated_at or self.published_at

    @property
    def key(self) -> str:
        """Says which article this is, whatever its text: the same title, source and day are the same article."""
        day = self.dated.date().isoformat() if self.dated else ""
        identity = "\n".join([squash(self.title), squash(self.source_name), day])
        return hashlib.sha256(identity.encode()).hexdigest()

    def says_the_same_as(self, other: "ImportedArticle") -> bool:
        """Whether both make the same page, whatever else stood around them."""
        return self._essence() == other._essence()

    def _essence(self) -> "ImportedArticle":
        return replace(self, announcement="", chrome=(), notes=())
