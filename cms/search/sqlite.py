"""Search in segments on SQLite's FTS5."""

from typing import Any

from modelsearch.backends.database.sqlite import sqlite as stock
from modelsearch.backends.database.sqlite.query import (
    BM25,
    Lexeme,
    SearchQueryExpression,
)
from modelsearch.query import SearchQuery

from cms.search.indexing import SegmentingIndex
from cms.search.queries import Rewriting, Segments

# In the order of the table's columns: autocomplete, body, title.
WEIGHTS = "1.0, 1.0, 8.0"


class Relevance(BM25):
    """The lower, the better."""

    def as_sql(
        self, compiler: Any, connection: Any, *args: Any, **kwargs: Any
    ) -> tuple[str, list[Any]]:
        table = stock.SQLiteFTSIndexEntry._meta.db_table
        return f"bm25({table}, {WEIGHTS})", []


class SegmentingCompiler:
    """Mixed into a query compiler."""

    LAST_TERM_IS_PREFIX: bool
    FTS_TABLE_FIELDS: list[str]
    fields: Any
    query: SearchQuery

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rewriting = Rewriting(self.LAST_TERM_IS_PREFIX, knows_similarity=False)
        self.query = rewriting.rewrite(self.query)

    def search(self, *args: Any, **kwargs: Any) -> Any:
        self.fields = self.columns()
        return super().search(*args, **kwargs)  # type: ignore[misc]  # the compiler that this is mixed into

    def columns(self) -> list[str] | None:
        """Where fields stand that a search is limited to: the index has a column for titles and one for the rest."""
        if not self.fields or "autocomplete" in self.FTS_TABLE_FIELDS:
            return None
        return sorted({"title" if name == "title" else "body" for name in self.fields})

    def build_search_query_content(self, query: SearchQuery, config: Any = None) -> Any:
        if isinstance(query, Segments):
            lexeme = Lexeme(query.query_string, prefix=query.is_prefix)
            return SearchQueryExpression(lexeme)
        return super().build_search_query_content(query, config=config)  # type: ignore[misc]

    def _build_rank_expression(self, vectors: Any, config: Any) -> Relevance:
        """Of the whole query: SQLite has no rank of its parts."""
        return Relevance()


class SearchQueryCompiler(SegmentingCompiler, stock.SQLiteSearchQueryCompiler):
    pass


class AutocompleteQueryCompiler(
    SegmentingCompiler, stock.SQLiteAutocompleteQueryCompiler
):
    pass


class Index(SegmentingIndex, stock.SQLiteIndex):
    indexer_class = stock.ObjectIndexer


class SQLiteSearchBackend(stock.SQLiteSearchBackend):
    query_compiler_class = SearchQueryCompiler
    autocomplete_query_compiler_class = AutocompleteQueryCompiler
    index_class = Index
