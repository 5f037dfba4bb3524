"""Lines → blocks of the body.

A line on its own says little; most are recognised by their neighbours. So every line first gets a role, roles that only
make sense in company are settled, then each run of one role becomes its block or blocks.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum, auto
from itertools import groupby
from typing import Any

from articles.importers.article import Block
from articles.importers.lines import Kind, Line, inline_html
from articles.importers.lists import list_html
from articles.importers.wording import CLOSERS, ends_like_a_sentence, width

WIDEST_HEADING = 60  # thirty Chinese characters
LONGEST_HEADING = 120
MOST_HEADINGS_TOGETHER = 2

# 名称。说明: a name has no punctuation of its own, and the explanation is longer than the name.
_NAMED_POINT = re.compile(
    rf"(?P<name>[^。，,；;：:！!？?….\s“”‘’「」『』]{{2,24}})。(?P<text>[^{re.escape(CLOSERS)}].+)",
    re.DOTALL,
)
_NO_HEADING = re.compile(
    r"[(（【\[].*[)）】\]]|(本报|记者|通讯员|作者|编辑|责编|责任编辑|来源|摄影).*|图[为\d一二三:：].*"
)


class Role(Enum):
    PARAGRAPH = auto()
    HEADING = auto()
    SHORT = auto()
    NAMED_POINT = auto()
    KEY_POINT = auto()
    ITEM = auto()
    QUOTE = auto()
    TABLE = auto()


def build_body(lines: Sequence[Line]) -> tuple[Block, ...]:
    roles = list(zip(_settled([_role(line) for line in lines]), lines, strict=True))
    runs = (
        (role, [line for _role, line in run])
        for role, run in groupby(roles, key=lambda pair: pair[0])
    )
    return tuple(
        _with_levels(block for role, run in runs for block in _BUILDERS[role](run))
    )


def _role(line: Line) -> Role:
    if line.kind is Kind.TABLE:
        return Role.TABLE
    if line.is_bullet:
        return Role.KEY_POINT
    if line.kind is Kind.ITEM:
        return Role.ITEM
    if not line.is_plain:
        return Role.PARAGRAPH
    if line.kind is Kind.QUOTE:
        return Role.QUOTE
    if line.kind is Kind.HEADING and len(line.text) <= LONGEST_HEADING:
        return Role.HEADING
    if _named_point(line.text):
        return Role.NAMED_POINT
    return Role.SHORT if _is_short(line.text) else Role.PARAGRAPH


def _is_short(text: str) -> bool:
    return (
        width(text) < WIDEST_HEADING
        and not ends_like_a_sentence(text)
        and not _NO_HEADING.fullmatch(text)
        and any(character.isalpha() for character in text)
    )


def _named_point(text: str) -> re.Match[str] | None:
    match = _NAMED_POINT.fullmatch(text)
    return match if match and len(match["text"]) > len(match["name"]) else None


def _settled(roles: list[Role]) -> list[Role]:
    """A named point alone is a paragraph. A short line is a heading where text follows; many of them are a list."""
    settled: list[Role] = []
    for role, run in groupby(roles):
        length = len(list(run))
        followed = len(settled) + length < len(roles)
        if role is Role.NAMED_POINT and length == 1:
            role = Role.PARAGRAPH
        elif role is Role.SHORT:
            role = (
                Role.HEADING
                if followed and length <= MOST_HEADINGS_TOGETHER
                else Role.PARAGRAPH
            )
        settled += [role] * length
    return settled


def _paragraphs(lines: list[Line]) -> Iterator[Block]:
    for line in lines:
        yield "paragraph", f"<p>{inline_html(line.runs)}</p>"


def _headings(lines: list[Line]) -> Iterator[Block]:
    for line in lines:
        level = "h3" if line.level > 2 else "h2"
        yield "heading", {"text": line.text, "level": level, "anchor": ""}


def _with_levels(blocks: Iterable[Block]) -> Iterator[Block]:
    """A subsection needs a section above it."""
    has_section = False
    for kind, value in blocks:
        if kind == "heading":
            if not has_section:
                value = {**value, "level": "h2"}
            has_section = True
        yield kind, value


def _named_points(lines: list[Line]) -> Iterator[Block]:
    matches = (_NAMED_POINT.fullmatch(line.text) for line in lines)
    items = [
        {"name": match["name"], "text": match["text"]} for match in matches if match
    ]
    yield "named_points", {"items": items}


def _key_points(lines: list[Line]) -> Iterator[Block]:
    """Points are plain text; those that link somewhere stay a list, so that the links stay too."""
    points = [line.without_bullet() for line in lines]
    if all(point.is_plain for point in points):
        yield "key_points", {"title": "", "points": [point.text for point in points]}
    else:
        items = "".join(f"<li>{inline_html(point.runs)}</li>" for point in points)
        yield "paragraph", f"<ul>{items}</ul>"


def _lists(lines: list[Line]) -> Iterator[Block]:
    for _list, items in groupby(lines, key=lambda line: line.lists[0]):
        yield "paragraph", list_html(list(items))


def _quotes(lines: list[Line]) -> Iterator[Block]:
    text = "\n".join(line.text for line in lines)
    yield "quote", {"text": text, "speaker": "", "role": ""}


def _tables(lines: list[Line]) -> Iterator[Block]:
    for table in (line.table for line in lines if line.table):
        headers = {(True, True): "both", (True, False): "row", (False, True): "column"}
        yield (
            "table",
            {
                "data": [list(row) for row in table.rows],
                "table_caption": table.caption,
                "first_row_is_table_header": table.header_row,
                "first_col_is_header": table.header_column,
                "table_header_choice": headers.get(
                    (table.header_row, table.header_column), "neither"
                ),
            },
        )


_BUILDERS: dict[Role, Callable[[list[Line]], Iterator[tuple[str, Any]]]] = {
    Role.PARAGRAPH: _paragraphs,
    Role.HEADING: _headings,
    Role.NAMED_POINT: _named_points,
    Role.KEY_POINT: _key_points,
    Role.ITEM: _lists,
    Role.QUOTE: _quotes,
    Role.TABLE: _tables,
}
