"""Reads articles out of saved web pages: text as copied from a browser, or HTML.

    read file → lines → sections (title, announcement, details, body) → body blocks → check that nothing is lost

Each step is a module of its own and knows nothing of the database; only `saving` does.
"""

from articles.importers.article import ImportedArticle
from articles.importers.errors import BadFile
from articles.importers.reading import read_article, read_article_file

__all__ = ["BadFile", "ImportedArticle", "read_article", "read_article_file"]
