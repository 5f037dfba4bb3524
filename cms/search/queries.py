"""Queries of Wagtail's search with their texts cut into segments, and nothing left in them that a backend cannot do."""

from collections.abc import Iterable
from dataclasses import dataclass

from modelsearch.query import (
    MATCH_ALL,
    MATCH_NONE,
    And,
    Boost,
    Fuzzy,
    MatchAll,
    Not,
    Or,
    Phrase,
    PlainText,
    SearchQuery,
)

from cms.search.segments import Term, phrase_of, terms_of


class Segments(Phrase):
    """What all texts of a query become. Backends that know no more about it take it for a phrase."""

    def __init__(self, term: Term) -> None:
        super().__init__(" ".join(term.segments))
        self.segments = term.segments
        self.is_prefix = term.is_prefix


@dataclass(frozen=True)
class Rewriting:
    """Rewrites a query in segments. A text without any finds nothing, whatever it is combined with."""

    is_being_typed: bool
    """Whether the last word may go on."""
    knows_similarity: bool
    """Whether the backend knows `Fuzzy` and `Boost`: else the one is as plain text, and the other as what is in it."""

    def rewrite(self, query: SearchQuery) -> SearchQuery:
        if isinstance(query, And):
            return all_of(map(self.rewrite, query.subqueries))
        if isinstance(query, Or):
            return any_of(map(self.rewrite, query.subqueries))
        if isinstance(query, Not):
            return opposite(self.rewrite(query.subquery))
        if isinstance(query, Boost):
            return self.rewrite_boost(query)
        return self.rewrite_text(query)

    def rewrite_text(self, query: SearchQuery) -> SearchQuery:
        if isinstance(query, Fuzzy) and self.knows_similarity:
            return segmented_fuzzy(query)
        if isinstance(query, PlainText | Fuzzy):
            terms = terms_of(query.query_string, is_being_typed=self.is_being_typed)
            combine = all_of if query.operator == "and" else any_of
            return combine(map(Segments, terms)) if terms else MATCH_NONE
        if isinstance(query, Phrase):
            term = phrase_of(query.query_string)
            return Segments(term) if term else MATCH_NONE
        return query

    def rewrite_boost(self, query: Boost) -> SearchQuery:
        subquery = self.rewrite(query.subquery)
        if not self.knows_similarity or is_constant(subquery):
            return subquery
        return Boost(subquery, query.boost)


def segmented_fuzzy(query: Fuzzy) -> SearchQuery:
    segments = [part for term in terms_of(query.query_string) for part in term.segments]
    if not segments:
        return MATCH_NONE
    return Fuzzy(" ".join(segments), operator=query.operator, unaccent=query.unaccent)


def all_of(queries: Iterable[SearchQuery]) -> SearchQuery:
    parts = [query for query in queries if not isinstance(query, MatchAll)]
    if any(map(is_nothing, parts)):
        return MATCH_NONE
    if len(parts) < 2:
        return parts[0] if parts else MATCH_ALL
    # SQLite has no negation by itself: it can only take away from something.
    if all(isinstance(part, Not) for part in parts):
        return Not(any_of(map(opposite, parts)))
    return And(parts)


def any_of(queries: Iterable[SearchQuery]) -> SearchQuery:
    parts = [query for query in queries if not is_nothing(query)]
    if any(isinstance(part, MatchAll) for part in parts):
        return MATCH_ALL
    if len(parts) < 2:
        return parts[0] if parts else MATCH_NONE
    if any(isinstance(part, Not) for part in parts):
        return Not(all_of(map(opposite, parts)))
    return Or(parts)


def opposite(query: SearchQuery) -> SearchQuery:
    return query.subquery if isinstance(query, Not) else Not(query)


def is_nothing(query: SearchQuery) -> bool:
    return isinstance(query, Not) and isinstance(query.subquery, MatchAll)


def is_constant(query: SearchQuery) -> bool:
    return is_nothing(query) or isinstance(query, MatchAll)
