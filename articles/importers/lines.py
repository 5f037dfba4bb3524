"""The form between a page and its article: lines, each with its words and what the page said about them.

Text has only TEXT lines. HTML also says what is a heading, a list item, a quotation or a table.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import groupby

from django.utils.html import escape

from articles.importers.tables import Table
from articles.importers.wording import (
    one_line,
    starts_with_bullet,
    visible,
    without_bullet,
)

_ADDRESS = re.compile(r"(https?://[^\s/]|mailto:|tel:)\S*", re.IGNORECASE)
_SEPARATORS = " |\uff5c·>»/-"


class Kind(Enum):
    TEXT = auto()
    HEADING = auto()
    ITEM = auto()
    QUOTE = auto()
    TABLE = auto()


@dataclass(frozen=True)
class Run:
    """Words in one style."""

    text: str
    bold: bool = False
    italic: bool = False
    raised: bool = False
    href: str = ""

    @property
    def address(self) -> str:
        """Where the words link to, if that leads to the same place from everywhere, by a harmless kind of address."""
        return self.href if _ADDRESS.fullmatch(self.href) else ""


@dataclass(frozen=True)
class ListLevel:
    """One of the lists that an item stands in. The number keeps neighbouring lists apart."""

    tag: str
    number: int


@dataclass(frozen=True, eq=False)
class Line:
    """Lines are compared as things, not by their words: a page may say the same twice."""

    runs: tuple[Run, ...]
    kind: Kind = Kind.TEXT
    level: int = 0
    lists: tuple[ListLevel, ...] = ()
    table: Table | None = None
    outside: bool = False
    """Whether the page itself says that the line is no part of its article (navigation, header, form…)."""

    @property
    def text(self) -> str:
        return self.table.text if self.table else "".join(run.text for run in self.runs)

    @property
    def is_plain(self) -> bool:
        """Whether plain text tells everything. Bold and italic may go where a block has a look of its own."""
        return not any(run.address or run.raised for run in self.runs)

    @property
    def is_bullet(self) -> bool:
        return starts_with_bullet(self.text)

    @property
    def is_only_links(self) -> bool:
        others = "".join(run.text for run in self.runs if not run.href)
        return any(run.href for run in self.runs) and not others.strip(_SEPARATORS)

    @property
    def lost_links(self) -> list[str]:
        """Addresses of which only the words are kept."""
        if self.table:
            return list(self.table.links)
        return [
            run.href for run in self.runs if not run.address and run.href.strip("#")
        ]

    def without_bullet(self) -> "Line":
        first, *rest = self.runs
        if len(self.runs) > 1 and not without_bullet(first.text):
            second, *rest = rest
            return replace(
                self, runs=(replace(second, text=second.text.lstrip()), *rest)
            )
        return replace(
            self, runs=(replace(first, text=without_bullet(first.text)), *rest)
        )


def tidy(runs: Iterable[Run]) -> tuple[Run, ...]:
    """The runs with single spaces, none at the ends, and neighbours of one style joined."""
    tidied: list[Run] = []
    for _style, group in groupby(runs, key=lambda run: replace(run, text="")):
        joined = list(group)
        text = one_line(visible("".join(run.text for run in joined)))
        if not tidied or tidied[-1].text.endswith(" "):
            text = text.lstrip()
        if text:
            tidied.append(replace(joined[0], text=text))
    if tidied:
        last = tidied.pop()
        if text := last.text.rstrip():
            tidied.append(replace(last, text=text))
    return tuple(tidied)


def inline_html(runs: Iterable[Run]) -> str:
    """The runs as HTML that is ours from the first to the last character: nothing of the page's markup is copied."""
    return "".join(
        _link(href, "".join(map(_styled, group)))
        for href, group in groupby(runs, key=lambda run: run.address)
    )


def _link(href: str, content: str) -> str:
    return f'<a href="{escape(href)}">{content}</a>' if href else content


def _styled(run: Run) -> str:
    html = str(escape(run.text))
    for tag, wanted in (("sup", run.raised), ("i", run.italic), ("b", run.bold)):
        if wanted:
            html = f"<{tag}>{html}</{tag}>"
    return html
