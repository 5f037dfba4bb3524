"""An imported article's content, as the fields of a page."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from articles.importers.article import ImportedArticle
from articles.models import ArticlePage

FIELDS = [
    *("kicker", "title", "subtitle", "source_name", "author"),
    *("published_at", "content_updated_at", "initial_views"),
]


def fill(page: ArticlePage, article: ImportedArticle) -> None:
    """Write the article into the page. Only the day of publication stays when the file does not know it.

    Raises ValidationError for what does not fit: Wagtail saves a draft without looking, and PostgreSQL then refuses it.
    """
    page.title = page.draft_title = article.title
    page.kicker = article.kicker
    page.subtitle = article.subtitle
    page.source_name = article.source_name
    page.author = article.author
    page.content_updated_at = article.dated
    if article.dated:
        page.published_at = article.published_at or article.dated
    page.initial_views = article.views or 0
    page.body = _stream(article)
    page.clean_fields(
        exclude={field.name for field in page._meta.fields}.difference(FIELDS)
    )


def _stream(article: ImportedArticle) -> Any:
    """The body as a value of the page's StreamField.

    Reading every child makes Wagtail give ids to the items of lists, which translations need.
    """
    block = ArticlePage._meta.get_field("body").stream_block
    stream = block.to_python(
        [{"type": kind, "value": value} for kind, value in article.body]
    )
    for child in stream:
        child.get_prep_value()
    return stream


def content_digest(page: ArticlePage) -> str:
    """Changes when the importer's part of the page changes, whoever changes it."""
    content = {field: _plain(getattr(page, field)) for field in FIELDS}
    if not page.content_updated_at:
        del content["published_at"]
    content["body"] = _without_ids(page.body.get_prep_value())
    serialised = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(serialised.encode()).hexdigest()


def _plain(value: Any) -> Any:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value


def _without_ids(value: Any) -> Any:
    """Blocks and list items carry random ids."""
    if isinstance(value, list):
        return [_without_ids(item) for item in value]
    if isinstance(value, dict):
        is_block = {"type", "value"} <= value.keys()
        return {
            key: _without_ids(item)
            for key, item in value.items()
            if not (is_block and key == "id")
        }
    return value
