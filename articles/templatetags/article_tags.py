from collections.abc import Iterable

from django import template

from articles.lines import ArticleLine, article_lines
from articles.models import ArticlePage

register = template.Library()


@register.simple_tag(takes_context=True)
def lines_of(
    context: template.Context, articles: Iterable[ArticlePage]
) -> list[ArticleLine]:
    """The articles for `includes/article_lines.html`."""
    return article_lines(articles, context.get("request"))
