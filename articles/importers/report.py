"""What was understood of a page, for a person to read before anything is saved."""

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from articles.importers.article import Block, ImportedArticle
from articles.importers.details import TIME_ZONE
from articles.importers.losses import block_text
from articles.importers.wording import shorten


def describe(article: ImportedArticle) -> Iterator[str]:
    for label, value in _names_and_details(article):
        if value not in ("", None):
            yield f"  {label}: {value}"
    for block in article.body:
        yield f"    {_describe_block(block)}"
    if article.chrome:
        yield "  {}: {}".format(_("left out"), " · ".join(article.chrome))
    yield from describe_notes(article)


def describe_notes(article: ImportedArticle) -> Iterator[str]:
    for note in article.notes:
        yield f"  ! {note}"


def _names_and_details(article: ImportedArticle) -> Iterator[tuple[str, object]]:
    yield _("announcement"), article.announcement
    yield _("kicker"), article.kicker
    yield _("title"), article.title
    yield _("subtitle"), article.subtitle
    yield _("source"), article.source_name
    yield _("author"), article.author
    yield _("published"), _time(article.published_at)
    yield _("updated"), _time(article.updated_at)
    yield _("earlier views"), article.views


def _describe_block(block: Block) -> str:
    kind, value = block
    entries = (
        value if isinstance(value, str) else value.get("points") or value.get("items")
    )
    number = "" if isinstance(entries, str) or not entries else f" ({len(entries)})"
    return f"{kind}{number}: {shorten(block_text(block))}"


def _time(value: datetime | None) -> str:
    return (
        timezone.localtime(value, TIME_ZONE).strftime("%Y-%m-%d %H:%M") if value else ""
    )
