"""Pages written for these tests: news of an invented company, saved the ways that people save pages."""

from pathlib import Path

from articles.importers import BadFile, ImportedArticle, read_article
from articles.importers.html import read_html
from articles.importers.pages import read_text

FOLDER = Path(__file__).parent / "samples"
NEWS_TEXT = FOLDER / "news.txt"
NEWS_HTML = FOLDER / "news.html"
REPORT_HTML = FOLDER / "report.html"

HEAD = "一张图看懂茶厂追溯\n\n新闻来源:青榆认证中心 更新时间:2024-03-05\n\n"


def article_from_text(text: str) -> ImportedArticle:
    return read_article(read_text(text))


def article_from_html(markup: str) -> ImportedArticle:
    return read_article(read_html(markup))


def body_of(text: str):
    """The body made of these lines, below a title and its details."""
    return list(article_from_text(HEAD + text).body)


def html_body_of(markup: str):
    return list(article_from_html(f"<h1>一张图看懂茶厂追溯</h1>{markup}").body)


def kinds(body) -> list[str]:
    return [kind for kind, _value in body]


def reason_for(read, *args) -> str:
    try:
        read(*args)
    except BadFile as reason:
        return str(reason)
    raise AssertionError("The file was read.")
