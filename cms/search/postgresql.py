"""Search in segments on PostgreSQL's text search, in its configuration that changes no words."""

from typing import Any

from django.contrib.postgres.search import SearchQuery as TextSearchQuery
from modelsearch.backends.database.postgres import postgres as stock
from modelsearch.query import SearchQuery

from cms.search.indexing import SegmentingIndex
from cms.search.queries import Rewriting, Segments


class SegmentingCompiler:
    """Mixed into a query compiler."""

    LAST_TERM_IS_PREFIX: bool
    fields: Any
    query: SearchQuery

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rewriting = Rewriting(self.LAST_TERM_IS_PREFIX, knows_similarity=True)
        self.query = rewriting.rewrite(self.query)

    def build_tsquery_content(
        self, query: SearchQuery, config: Any = None, invert: bool = False
    ) -> Any:
        if isinstance(query, Segments):
            # Segments are letters or digits, so that none has to be escaped.
            phrase = " <-> ".join(f"'{segment}'" for segment in query.segments)
            return TextSearchQuery(
                f"{phrase}:*" if query.is_prefix else phrase,
                search_type="raw",
                config=config,
                invert=invert,
            )
        return super().build_tsquery_content(query, config=config, invert=invert)  # type: ignore[misc]  # the compiler that this is mixed into

    def get_fields_vectors(self, search_query: Any) -> Any:
        """Where fields stand that a search is limited to: the index has a vector of titles and one of the rest.

        Without this, the fields themselves would be asked, in which nothing is in segments.
        """
        vectors = self.get_index_vectors(search_query)  # type: ignore[attr-defined]  # as above
        if len(vectors) == 1:
            return vectors
        title, body = vectors
        wanted = [title] if "title" in self.fields else []
        return [*wanted, body] if set(self.fields) != {"title"} else wanted


class SearchQueryCompiler(SegmentingCompiler, stock.PostgresSearchQueryCompiler):
    pass


class AutocompleteQueryCompiler(
    SegmentingCompiler, stock.PostgresAutocompleteQueryCompiler
):
    pass


class Index(SegmentingIndex, stock.PostgresIndex):
    indexer_class = stock.ObjectIndexer


class PostgreSQLSearchBackend(stock.PostgresSearchBackend):
    query_compiler_class = SearchQueryCompiler
    autocomplete_query_compiler_class = AutocompleteQueryCompiler
    index_class = Index

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__({"SEARCH_CONFIG": "simple", **params})
