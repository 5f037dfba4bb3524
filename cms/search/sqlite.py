"""Search in segments on SQLite's FTS5."""

from typing import Any

from django.db.models import (
    F,
    FloatField,
    Func,
    OuterRef,
    QuerySet,
    Subquery,
    TextField,
)
from django.db.models.functions import Cast
from modelsearch.backends.database.sqlite import sqlite as stock
from modelsearch.backends.database.sqlite.query import (
    BM25,
    Lexeme,
    MatchExpression,
    SearchQueryExpression,
    normalize,
)
from modelsearch.query import MatchAll, Not, SearchQuery
from modelsearch.utils import get_descendants_content_types_pks

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


class RelevanceOfRow(Func):
    """The relevance of the row with a key. All are computed once; asked row by row, each would take as long as all."""

    arity = 1
    output_field = FloatField()

    def __init__(self, key: Any, relevances: QuerySet) -> None:
        super().__init__(Cast(key, TextField()))
        self.relevances = relevances

    def as_sql(
        self, compiler: Any, connection: Any, *args: Any, **kwargs: Any
    ) -> tuple[str, Any]:
        key, key_params = compiler.compile(self.get_source_expressions()[0])
        found, found_params = self.relevances.query.sql_with_params()
        # The limit keeps SQLite from making one query of the two.
        sql = (
            f"(SELECT found.relevance FROM ({found} LIMIT -1) AS found "  # noqa: S608 (made of queries of Django's)
            f"WHERE found.object_id = {key})"
        )
        return sql, [*found_params, *key_params]


class SegmentingCompiler:
    """Mixed into a query compiler."""

    LAST_TERM_IS_PREFIX: bool
    FTS_TABLE_FIELDS: list[str]
    fields: Any
    order_by_relevance: bool
    query: SearchQuery
    queryset: QuerySet

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rewriting = Rewriting(self.LAST_TERM_IS_PREFIX, knows_similarity=False)
        self.query = rewriting.rewrite(self.query)

    def search(
        self, config: Any, start: Any, stop: Any, score_field: str | None = None
    ) -> QuerySet:
        self.fields = self.columns()
        query = normalize(self.query)
        if isinstance(query, MatchAll | Not):
            return super().search(config, start, stop)  # type: ignore[misc]  # the compiler that this is mixed into
        matches = self.find_matches(query)
        rows = self.queryset.filter(pk__in=matches)
        if score_field or self.order_by_relevance:
            name = score_field or "_score"
            rows = rows.annotate(**{name: self.relevance(matches)})
        if self.order_by_relevance:
            rows = rows.order_by(name, "-pk")
        elif not rows.query.order_by:
            rows = rows.order_by("-pk")
        return rows[start:stop]

    def find_matches(self, query: SearchQuery) -> QuerySet:
        columns = self.fields or self.FTS_TABLE_FIELDS
        match = MatchExpression(columns, self.build_search_query(query))  # type: ignore[attr-defined]  # as above
        types = get_descendants_content_types_pks(self.queryset.model)
        # No join: SQLite would begin with the entries, and seek the whole index anew for each of them.
        entries = stock.IndexEntry.objects.filter(
            pk=OuterRef("pk"), content_type__in=types
        )
        return stock.SQLiteFTSIndexEntry.objects.filter(match).values(
            object_id=Subquery(entries.values("object_id"))
        )

    @staticmethod
    def relevance(matches: QuerySet) -> RelevanceOfRow:
        """Of the whole query: SQLite has no rank of its parts."""
        return RelevanceOfRow(F("pk"), matches.annotate(relevance=Relevance()))

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
