"""Articles as lines of a list."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from django.http import HttpRequest

if TYPE_CHECKING:
    from articles.models import ArticlePage


class ArticleLine(NamedTuple):
    pk: int
    href: str
    kicker: str
    title: str
    published_at: datetime


def article_lines(
    articles: "Iterable[ArticlePage]", request: HttpRequest | None
) -> list[ArticleLine]:
    return [
        ArticleLine(
            pk=article.pk,
            href=article.get_url(request),
            kicker=article.resolved.kicker,
            title=article.resolved.title,
            published_at=article.published_at,
        )
        for article in articles
    ]
