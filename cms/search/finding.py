"""Finding rows by their texts, among rows that are chosen in any other way."""

from django.db.models import QuerySet
from modelsearch.backends import get_search_backend


def find(rows: QuerySet, text: str, *, by_relevance: bool = True) -> QuerySet:
    """Of the rows those that a text is found in, the most relevant first or in the order that they have.

    `rows.search()` would refuse conditions and orders on what is not indexed as a filter, because search servers need
    that. A database does not.
    """
    backend = get_search_backend()
    compiler = backend.query_compiler_class(rows, text, order_by_relevance=by_relevance)
    return backend.results_class(backend, compiler).get_queryset()
