"""HTML → lines. Nothing of the markup is copied: what leaves this module is words, a few styles and addresses."""

from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from bs4 import NavigableString, PageElement, Tag
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.importers.errors import BadFile
from articles.importers.lines import Kind, Line, ListLevel, Run, tidy
from articles.importers.losses import refuse_losses
from articles.importers.markup import (
    HEADINGS,
    INLINE,
    LISTS,
    STYLES,
    clean,
    declared_article,
    is_chrome,
)
from articles.importers.pages import Page
from articles.importers.tables import is_data_table, read_table

DEEPEST = 200


def read_html(source: str) -> Page:
    soup, notes = clean(source)
    reader = _Reader(soup)
    reader.walk(soup, _Place(outside=reader.article is not None))
    reader.end_line()
    refuse_losses(soup.get_text(), "".join(line.text for line in reader.lines))
    return Page(tuple(reader.lines), (*notes, *reader.notes()))


@dataclass(frozen=True)
class _Place:
    """Where in the page the reader is."""

    style: Run = field(default_factory=lambda: Run(""))
    kind: Kind = Kind.TEXT
    level: int = 0
    lists: tuple[ListLevel, ...] = ()
    outside: bool = False
    in_article: bool = False
    preformatted: bool = False
    depth: int = 0


class _Reader:
    def __init__(self, soup: Tag) -> None:
        self.length = len(soup.get_text())
        self.article = declared_article(soup)
        self.lines: list[Line] = []
        self.runs: list[Run] = []
        self.place = _Place()
        self.pictures = 0
        self.list_numbers = count(1)

    def walk(self, parent: Tag, place: _Place) -> None:
        if place.depth > DEEPEST:
            raise BadFile(_("The HTML is nested too deeply."))
        for child in parent.children:
            if isinstance(child, Tag):
                self.read_tag(child, replace(place, depth=place.depth + 1))
            else:
                self.read_words(child, place)

    def read_words(self, words: PageElement, place: _Place) -> None:
        if not isinstance(words, NavigableString):
            return
        self.place = place
        first, *others = str(words).split("\n") if place.preformatted else [str(words)]
        self.runs.append(replace(place.style, text=first))
        for other in others:
            self.end_line()
            self.runs.append(replace(place.style, text=other))

    def read_tag(self, tag: Tag, place: _Place) -> None:
        if tag.name == "br":
            self.end_line()
        elif tag.name == "img":
            self.pictures += not place.outside
        elif tag.name in INLINE:
            self.walk(tag, replace(place, style=self.styled(tag, place)))
        else:
            self.end_line()
            self.read_block(tag, place)
            self.end_line()

    def read_block(self, tag: Tag, place: _Place) -> None:
        if tag.name == "table" and is_data_table(tag):
            self.place = place
            table = read_table(tag, self.cell_text)
            self.lines.append(Line((), Kind.TABLE, table=table, outside=place.outside))
        else:
            self.walk(tag, self.within(tag, place))

    def within(self, tag: Tag, place: _Place) -> _Place:
        if tag is self.article:
            place = replace(place, outside=False)
        if tag.name in ("article", "main"):
            place = replace(place, in_article=True)
        if is_chrome(tag, in_article=place.in_article, page_length=self.length):
            place = replace(place, outside=True)
        if tag.name in LISTS:
            level = ListLevel(tag.name, next(self.list_numbers))
            return replace(place, lists=(*place.lists, level))
        if tag.name == "li" and place.lists:
            return replace(place, kind=Kind.ITEM)
        if tag.name in HEADINGS:
            return replace(place, kind=Kind.HEADING, level=HEADINGS[tag.name])
        if tag.name == "blockquote":
            return replace(place, kind=Kind.QUOTE)
        return replace(place, preformatted=place.preformatted or tag.name == "pre")

    def styled(self, tag: Tag, place: _Place) -> Run:
        if tag.name == "span":
            return place.style
        if tag.name in STYLES:
            style: dict[str, Any] = {STYLES[tag.name]: True}
            return replace(place.style, **style)
        return replace(place.style, href=str(tag.get("href", "")).strip())

    def cell_text(self, cell: Tag) -> str:
        lines, self.lines = self.lines, []
        self.walk(cell, replace(self.place, depth=0))
        self.end_line()
        read, self.lines = self.lines, lines
        return "\n".join(line.text for line in read)

    def end_line(self) -> None:
        runs, self.runs = tidy(self.runs), []
        if runs:
            place = self.place
            self.lines.append(
                Line(runs, place.kind, place.level, place.lists, outside=place.outside)
            )

    def notes(self) -> list[str]:
        pictures = ngettext(
            "%(number)d picture is not imported.",
            "%(number)d pictures are not imported.",
            self.pictures,
        )
        return [pictures % {"number": self.pictures}] if self.pictures else []
