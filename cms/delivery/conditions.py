"""What the result of a query depends on, read from the query itself.

A query depends on the rows that it gives (each instance adds its own tag when it is made) and on which rows it would
give. For the latter we look for a condition that every row has to meet, such as `category_id = 3`, and take the most
selective one. A row that does not meet it, before or after a change, cannot change the result. Without such a condition
the result depends on the whole list of the model's rows.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import lookups
from django.db.models.expressions import Col, RawSQL
from django.db.models.fields.related_lookups import RelatedExact, RelatedIn
from django.db.models.functions import Now
from django.db.models.sql import Query
from django.db.models.sql.where import AND, ExtraWhere, NothingNode, WhereNode
from django.utils import timezone

from cms.delivery.classification import is_content, is_tree, selective_columns
from cms.delivery.tags import UNDER, Condition, condition_of

# With more values than this, a list of them costs more than it tells.
MOST_VALUES = 200
OBJECT_RANK = 0
UNDER_RANK = 6
COMPARISONS = (
    lookups.LessThan,
    lookups.LessThanOrEqual,
    lookups.GreaterThan,
    lookups.GreaterThanOrEqual,
)
EXACT = (lookups.Exact, RelatedExact)
IN = (lookups.In, RelatedIn)
# What is compared with the present was taken from the clock a moment ago.
A_MOMENT = timedelta(seconds=10)


class NotUnderstood(Exception):
    """The query holds SQL of its own."""


@dataclass(frozen=True)
class Narrowing:
    """One of these conditions holds for every row. Those of rank 0 name the objects themselves."""

    rank: int
    conditions: frozenset[Condition]

    @property
    def order(self) -> tuple[int, int]:
        return self.rank, len(self.conditions)

    def __or__(self, other: "Narrowing") -> "Narrowing | None":
        # Objects and conditions stand in different tags.
        if (self.rank == OBJECT_RANK) != (other.rank == OBJECT_RANK):
            return None
        together = self.conditions | other.conditions
        return Narrowing(max(self.rank, other.rank), together)


Narrowings = dict[str, Narrowing]


@dataclass
class Reading:
    """What a query's expressions speak of: columns by the alias of their table, queries inside, the clock."""

    columns: dict[str, list[models.Field]] = field(default_factory=dict)
    filtered: set[str] = field(default_factory=set)
    queries: list[Query] = field(default_factory=list)
    clocks: set[tuple[type[models.Model], str]] = field(default_factory=set)

    def add(self, expression: Any, is_filter: bool = False) -> None:
        for part in walk(expression):
            if isinstance(part, (RawSQL, ExtraWhere)):
                raise NotUnderstood
            if isinstance(part, Query):
                self.queries.append(part)
            elif isinstance(part, Col):
                self.columns.setdefault(part.alias, []).append(part.target)
                if is_filter:
                    self.filtered.add(part.alias)
            elif isinstance(part, COMPARISONS):
                self.add_clock(part)

    def add_clock(self, lookup: Any) -> None:
        column = lookup.lhs
        if isinstance(column, Col) and is_present(lookup.rhs):
            self.clocks.add((column.target.model, column.target.attname))

    def uses_content(self, alias: str) -> bool:
        return any(is_content(column) for column in self.columns.get(alias, ()))


def is_present(value: Any) -> bool:
    if isinstance(value, Now):
        return True
    if isinstance(value, datetime):
        now = timezone.now() if timezone.is_aware(value) else datetime.now()
        return abs(now - value) < A_MOMENT
    return isinstance(value, date) and value == timezone.localdate()


def walk(expression: Any) -> Iterator[Any]:
    """An expression with everything inside it. Queries inside are given, not entered."""
    if expression is None:
        return
    yield expression
    if isinstance(expression, Query):
        return
    children: list[Any]
    if isinstance(expression, WhereNode):
        children = expression.children
    elif hasattr(expression, "get_source_expressions"):
        children = list(expression.get_source_expressions())
    else:
        return
    inner = getattr(expression, "query", None)
    if isinstance(inner, Query):
        children = [*children, inner]
    for child in children:
        yield from walk(child)
    rhs = getattr(expression, "rhs", None)
    if isinstance(rhs, Query) and rhs not in children:
        yield rhs


def narrowings_of(node: Any, entities: "dict[str, Any]") -> Narrowings:
    """For each entity (by its alias) a condition that its rows have to meet. `entities` gives them by any alias."""
    if isinstance(node, WhereNode):
        if node.negated:
            return {}
        found = [narrowings_of(child, entities) for child in node.children]
        return all_of(found) if node.connector == AND else one_of(found)
    narrowing = narrowing_of(node, entities)
    return {narrowing[0]: narrowing[1]} if narrowing else {}


def all_of(found: list[Narrowings]) -> Narrowings:
    best: Narrowings = {}
    for narrowings in found:
        for alias, narrowing in narrowings.items():
            if alias not in best or narrowing.order < best[alias].order:
                best[alias] = narrowing
    return best


def one_of(found: list[Narrowings]) -> Narrowings:
    if not found:
        return {}
    first, *others = found
    together = dict(first)
    for narrowings in others:
        for alias in list(together):
            other = narrowings.get(alias)
            merged = together[alias] | other if other else None
            if merged is None:
                del together[alias]
            else:
                together[alias] = merged
    return together


def narrowing_of(lookup: Any, entities: dict[str, Any]) -> tuple[str, Narrowing] | None:
    column = getattr(lookup, "lhs", None)
    if not isinstance(column, Col) or column.alias not in entities:
        return None
    alias, model = entities[column.alias]
    if column.target.attname == "path" and is_tree(model):
        narrowing = narrowing_of_path(lookup, model)
    else:
        narrowing = narrowing_of_value(lookup, column.target, model)
    return (alias, narrowing) if narrowing else None


def live_only(node: Any, entities: dict[str, Any]) -> set[str]:
    """The entities (their aliases) of which the query gives no drafts."""
    if isinstance(node, WhereNode):
        found = [live_only(child, entities) for child in node.children]
        if node.negated or not found:
            return set()
        return set.union(*found) if node.connector == AND else set.intersection(*found)
    column = getattr(node, "lhs", None)
    if not isinstance(column, Col) or column.alias not in entities:
        return set()
    is_live = isinstance(node, lookups.Exact) and node.rhs is True
    return (
        {entities[column.alias].alias}
        if is_live and column.target.attname == "live"
        else set()
    )


def values_of(lookup: Any) -> list[Any] | None:
    if isinstance(lookup, EXACT):
        values = [lookup.rhs]
    elif isinstance(lookup, IN) and isinstance(
        lookup.rhs, (list, tuple, set, frozenset)
    ):
        # NULL is in no list.
        values = [value for value in lookup.rhs if value is not None]
    elif isinstance(lookup, lookups.IsNull) and lookup.rhs is True:
        values = [None]
    else:
        return None
    if len(values) > MOST_VALUES or any(map(is_expression, values)):
        return None
    return values


def is_expression(value: Any) -> bool:
    return hasattr(value, "resolve_expression") or isinstance(value, Query)


def narrowing_of_value(
    lookup: Any, target: models.Field, model: type[models.Model]
) -> Narrowing | None:
    if target.primary_key:
        rank = OBJECT_RANK
    else:
        rank = selective_columns(model).get(target.attname, 0)
        if not rank:
            return None
    values = values_of(lookup)
    if values is None:
        return None
    plain = [value.pk if isinstance(value, models.Model) else value for value in values]
    return Narrowing(rank, frozenset(condition_of(target, each) for each in plain))


def narrowing_of_path(lookup: Any, model: Any) -> Narrowing | None:
    if isinstance(lookup, lookups.StartsWith) and isinstance(lookup.rhs, str):
        return under(lookup.rhs, model)
    if isinstance(lookup, lookups.Range):
        low, high = lookup.rhs
        if isinstance(low, str) and isinstance(high, str):
            return under(common_start(low, high), model)
        return None
    values = values_of(lookup)
    if values is None:
        return None
    return Narrowing(1, frozenset(Condition("path", str(value)) for value in values))


def common_start(low: str, high: str) -> str:
    length = 0
    for left, right in zip(low, high, strict=False):
        if left != right:
            break
        length += 1
    return low[:length]


def under(path: str, model: Any) -> Narrowing | None:
    """Everything below a node. The deeper it stands, the less that is."""
    steps = len(path) // model.steplen
    if not steps:
        return None
    start = path[: steps * model.steplen]
    rank = UNDER_RANK if steps > 2 else UNDER_RANK + 1
    return Narrowing(rank, frozenset([Condition(UNDER, start)]))


def is_empty(query: Query) -> bool:
    return any(isinstance(child, NothingNode) for child in query.where.children)
