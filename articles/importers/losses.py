"""The importer's promise that every character of an article arrives."""

from html import unescape
from typing import Any

import nh3
from django.utils.translation import gettext as _

from articles.importers.article import Block
from articles.importers.errors import BadFile
from articles.importers.wording import squash


def refuse_losses(before: str, after: str) -> None:
    """White space and bullets may differ, nothing else."""
    before, after = squash(before), squash(after)
    if before == after:
        return
    same = next(
        (
            i
            for i, (old, new) in enumerate(zip(before, after, strict=False))
            if old != new
        ),
        min(len(before), len(after)),
    )
    raise BadFile(
        _("Text would be lost or changed here: “%(before)s” became “%(after)s”.")
        % {"before": before[same : same + 20], "after": after[same : same + 20]}
    )


def block_text(block: Block) -> str:
    """Every word of a block, in reading order, with the full stop that its structure stands for."""
    kind, value = block
    return _TEXTS[kind](value)


def _rich_text(value: str) -> str:
    return unescape(nh3.clean(value, tags=set()))


def _table_text(value: dict[str, Any]) -> str:
    return value["table_caption"] + "".join(
        cell for row in value["data"] for cell in row
    )


_TEXTS = {
    "heading": lambda value: value["text"],
    "paragraph": _rich_text,
    "key_points": lambda value: "".join(value["points"]),
    "named_points": lambda value: "".join(
        f"{item['name']}。{item['text']}" for item in value["items"]
    ),
    "quote": lambda value: value["text"],
    "table": _table_text,
}
