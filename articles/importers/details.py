"""The line below the title: "新闻来源:… 更新时间:… 浏览次数:…", any of its parts, in any order."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from articles.importers.lines import Line

TIME_ZONE = ZoneInfo("Asia/Shanghai")

_SOURCE = ["新闻来源", "文章来源", "信息来源", "稿件来源", "稿源", "来源"]
_AUTHOR = ["文章作者", "作者"]
_PUBLISHED = ["发布时间", "发布日期", "发表时间", "发表日期"]
_UPDATED = ["更新时间", "更新日期", "修改时间", "时间", "日期"]
_VIEWS = [
    *("浏览次数", "浏览量", "浏览数", "浏览", "阅读次数", "阅读量", "阅读数", "阅读"),
    *("点击次数", "点击量", "点击数", "点击", "访问次数", "访问量"),
]
_FIELDS = {
    label: field
    for field, labels in {
        "source_name": _SOURCE,
        "author": _AUTHOR,
        "published_at": _PUBLISHED,
        "updated_at": _UPDATED,
        "views": _VIEWS,
    }.items()
    for label in labels
}
# Words that also open an ordinary line ("时间:6月9日"): alone they do not make a line of details.
_WEAK = {"来源", "稿源", "作者", "时间", "日期", "浏览", "阅读", "点击"}

_KNOWN = "|".join(sorted(_FIELDS, key=len, reverse=True))
_LABEL = re.compile(
    rf"(?P<label>{_KNOWN}|(?<![^\s|｜/])[\u4e00-\u9fff]{{2,6}})\s*[:：]"
)
_SEPARATORS = " |｜/·,，;；"
_BRACKETS = "[]【】()（）"
_DATE = re.compile(
    r"((?:19|20)\d{2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"
    r"(?:\s*T?(\d{1,2})[:：](\d{1,2})(?:[:：](\d{1,2}))?)?"
)
_VIEW_COUNT = re.compile(r"([\d,，]+(?:\.\d+)?)\s*(万)?\s*(?:次|人次)?")
_MOST_VIEWS = 2**31 - 1


@dataclass(frozen=True)
class Details:
    source_name: str = ""
    author: str = ""
    published_at: datetime | None = None
    updated_at: datetime | None = None
    views: int | None = None
    notes: tuple[str, ...] = ()


def is_details(line: Line) -> bool:
    if not _LABEL.match(_bare(line.text)):
        return False
    known = [label for label, _value in _parts(line.text) if _field(label)]
    return len(known) > 1 or bool(set(known) - _WEAK)


def continues_details(line: Line) -> bool:
    """Whether a line right below the details, such as "作者:…", belongs to them."""
    parts = _parts(line.text)
    return len(line.text) <= 40 and bool(parts) and bool(_field(parts[0][0]))


def read_details(lines: Iterable[Line]) -> Details:
    values: dict[str, Any] = {}
    notes = []
    for label, value in (part for line in lines for part in _parts(line.text)):
        field = _field(label)
        read = _READERS[field](value) if field else None
        if field and read is not None and field not in values:
            values[field] = read
        elif value:
            text = {"text": f"{label}:{value}"}
            notes.append(_("Not understood: %(text)s") % text)
    return Details(**values, notes=tuple(notes))


def _field(label: str) -> str | None:
    """The field that a label names. 本文来源 and 最后更新时间 mean what their endings mean."""
    endings = (label[start:] for start in range(len(label)))
    return next((_FIELDS[ending] for ending in endings if ending in _FIELDS), None)


def _bare(text: str) -> str:
    text = text.strip(_SEPARATORS)
    return text[1:-1] if text[:1] + text[-1:] in ("[]", "【】", "()", "（）") else text


def _parts(text: str) -> list[tuple[str, str]]:
    text = _bare(text)
    labels = list(_LABEL.finditer(text))
    ends = [label.start() for label in labels] + [len(text)]
    return [
        (label["label"], text[label.end() : end].strip(_SEPARATORS))
        for label, end in zip(labels, ends[1:], strict=True)
    ]


def _read_text(value: str) -> str | None:
    return value or None


def _read_time(value: str) -> datetime | None:
    match = _DATE.fullmatch(value.strip(_BRACKETS))
    if not match:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups())
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=TIME_ZONE)
    except ValueError:
        return None


def _read_views(value: str) -> int | None:
    match = _VIEW_COUNT.fullmatch(value.strip(_BRACKETS))
    if not match:
        return None
    number, ten_thousands = match.groups()
    try:
        views = round(
            float(re.sub("[,，]", "", number)) * (10_000 if ten_thousands else 1)
        )
    except (ValueError, OverflowError):
        return None
    return views if views <= _MOST_VIEWS else None


_READERS: dict[str, Callable[[str], Any]] = {
    "source_name": _read_text,
    "author": _read_text,
    "published_at": _read_time,
    "updated_at": _read_time,
    "views": _read_views,
}
