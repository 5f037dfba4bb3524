"""From a query to the tags that its result depends on."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db import models
from django.db.models.constants import LOOKUP_SEP
from django.db.models.sql import AggregateQuery, Query
from django.db.models.sql.constants import INNER
from django.db.models.sql.datastructures import Join

from cms.delivery.classification import has_drafts, model_of_table
from cms.delivery.collecting import Collector
from cms.delivery.conditions import (
    OBJECT_RANK,
    Narrowing,
    Narrowings,
    NotUnderstood,
    Reading,
    is_empty,
    live_only,
    narrowings_of,
)
from cms.delivery.tags import (
    Condition,
    any_tag,
    column_tag,
    condition_of,
    draft_tag,
    list_tag,
    object_tag,
)

# How Django itself marks the rows of a prefetch.
PREFETCH = "_prefetch_related_val_"


class Entity(NamedTuple):
    """The rows of one model in a query, whichever of its tables they are read from."""

    alias: str
    model: type[models.Model]


class Dependencies:
    """Of one query, for a collector. Queries inside it are looked at by themselves."""

    def __init__(
        self,
        query: Query,
        collector: Collector,
        *,
        outer: "Dependencies | None" = None,
    ) -> None:
        self.query = query
        self.collector = collector
        self.outer = outer
        self.reading = Reading()
        self.entities: dict[str, Entity] = {}
        self.narrowings: Narrowings = {}
        self.live: set[str] = set()

    def collect(self) -> None:
        """Adds the tags. Raises NotUnderstood."""
        query = self.query
        if isinstance(query, AggregateQuery):
            Dependencies(query.inner_query, self.collector, outer=self.outer).collect()
            return
        for part in query.combined_queries:
            Dependencies(part, self.collector, outer=self.outer).collect()
        if query.combined_queries or is_empty(query):
            return
        self.find_entities()
        self.read_expressions()
        for inner in self.reading.queries:
            Dependencies(inner, self.collector, outer=self).collect()
        self.pass_outwards()
        self.narrowings = narrowings_of(query.where, self.entities)
        self.narrow_joins()
        self.live = live_only(query.where, self.entities)
        self.collector.clocks |= self.reading.clocks
        for entity in set(self.entities.values()):
            if self.collector.use_model(entity.model):
                self.collector.tags.update(self.tags_with_drafts(entity))

    def find_entities(self) -> None:
        query = self.query
        if query.extra_tables or any(not n.startswith(PREFETCH) for n in query.extra):
            raise NotUnderstood
        for alias, join in query.alias_map.items():
            if not query.alias_refcount.get(alias) and alias != query.base_table:
                continue
            model = model_of_table(join.table_name)
            if model is None or getattr(join, "filtered_relation", None):
                raise NotUnderstood
            if is_parent_link(join) and join.parent_alias in self.entities:
                self.entities[alias] = self.entities[join.parent_alias]
            else:
                self.entities[alias] = Entity(alias, model)

    def read_expressions(self) -> None:
        query = self.query
        self.reading.add(query.where, is_filter=True)
        for annotation in query.annotation_select.values():
            self.reading.add(annotation)
        for column in query.select:
            self.reading.add(column)
        if isinstance(query.group_by, tuple):
            for column in query.group_by:
                self.reading.add(column)
        for ordering in self.ordering():
            if not isinstance(ordering, str):
                self.reading.add(ordering)
            elif ordering == "?":
                raise NotUnderstood
            elif ordering.lstrip("+-") not in query.annotations:
                self.order_by(ordering.lstrip("+-"))

    def ordering(self) -> tuple[Any, ...]:
        query = self.query
        if query.extra_order_by:
            raise NotUnderstood
        if query.order_by or not query.default_ordering or self.outer:
            return tuple(query.order_by)
        return tuple(query.get_meta().ordering or ())

    def order_by(self, name: str) -> None:
        """`published_at`, or `category__name` over models that may not be joined yet."""
        options = self.query.get_meta()
        steps = name.split(LOOKUP_SEP)
        for number, step in enumerate(steps):
            field = options.pk if step == "pk" else find_field(options, step)
            if field is None:
                return
            if number == 0 and self.query.base_table:
                self.reading.columns.setdefault(self.query.base_table, []).append(field)
            elif self.collector.use_model(field.model):
                self.collector.tags.update(with_draft(field.model, column_tag(field)))
            if field.remote_field is not None:
                options = field.remote_field.model._meta

    def pass_outwards(self) -> None:
        """Columns of the query around this one are read by it."""
        for alias, columns in self.reading.columns.items():
            if alias not in self.entities and self.outer is not None:
                self.outer.reading.columns.setdefault(alias, []).extend(columns)

    def narrow_joins(self) -> None:
        """What is joined to objects that are known belongs to these."""
        for alias, entity in self.entities.items():
            join = self.query.alias_map[alias]
            if alias != entity.alias or not isinstance(join, Join):
                continue
            parent = self.entities.get(join.parent_alias)
            known = parent and self.narrowings.get(parent.alias)
            if (
                parent is None
                or not known
                or known.rank != OBJECT_RANK
                or alias in self.narrowings
            ):
                continue
            [(ours, theirs)] = join.join_cols[:1]
            if ours == parent.model._meta.pk.column:
                field = field_of(entity.model, theirs)
                self.narrowings[alias] = belonging_to(known, field)

    def tags_with_drafts(self, entity: Entity) -> Iterator[str]:
        """Who does not ask for live rows may be given drafts."""
        for tag in self.tags_of(entity):
            if entity.alias in self.live:
                yield tag
            else:
                yield from with_draft(entity.model, tag)

    def tags_of(self, entity: Entity) -> Iterator[str]:
        narrowing = self.narrowings.get(entity.alias)
        if narrowing and narrowing.rank == OBJECT_RANK:
            for condition in narrowing.conditions:
                yield object_tag(entity.model, condition.value)
        elif self.is_bound(entity):
            yield from map(column_tag, self.columns_that_count(entity))
        elif any(self.reading.uses_content(alias) for alias in self.aliases(entity)):
            yield any_tag(entity.model)
        elif narrowing:
            for condition in narrowing.conditions:
                yield list_tag(entity.model, condition)
        else:
            yield list_tag(entity.model)

    def aliases(self, entity: Entity) -> list[str]:
        return [alias for alias, each in self.entities.items() if each == entity]

    def is_bound(self, entity: Entity) -> bool:
        """Whether rows come in by their key, which other rows of the query have: those then decide which they are."""
        join = self.query.alias_map[entity.alias]
        key = entity.model._meta.pk.column
        if (
            isinstance(join, Join)
            and isinstance(join.join_field, models.ForeignKey)
            and join.join_cols[0][1] == key
        ):
            return True
        return any(
            isinstance(other, Join)
            and other.join_type == INNER
            and other.parent_alias == entity.alias
            and other.join_cols[0][0] == key
            and self.entities.get(alias, entity) != entity
            for alias, other in self.query.alias_map.items()
        )

    def columns_that_count(self, entity: Entity) -> Iterator[models.Field]:
        """Those that choose rows. What is loaded has a tag of its own for everything else."""
        is_loaded = self.query.default_cols and not self.outer
        is_base = entity.alias == self.query.base_table
        for alias in self.aliases(entity):
            if is_loaded and is_base and alias not in self.reading.filtered:
                continue
            for column in self.reading.columns.get(alias, ()):
                if not column.primary_key:
                    yield column


def is_parent_link(join: Any) -> bool:
    field = getattr(join, "join_field", None)
    return isinstance(field, models.OneToOneField) and field.remote_field.parent_link


def find_field(options: Any, name: str) -> Any:
    return next(
        (f for f in options.concrete_fields if name in (f.name, f.attname)), None
    )


def field_of(model: type[models.Model], column: str) -> models.Field:
    return next(f for f in model._meta.concrete_fields if f.column == column)


def belonging_to(known: Narrowing, field: models.Field) -> Narrowing:
    conditions = frozenset(
        Condition(field.attname, each.value) for each in known.conditions
    )
    return Narrowing(OBJECT_RANK if field.primary_key else 4, conditions)


def with_draft(model: type[models.Model], tag: str) -> Iterator[str]:
    yield tag
    if has_drafts(model):
        yield draft_tag(tag)


def reverse_one_to_one_tags(compiler: Any, dependencies: Dependencies) -> Iterator[str]:
    """Of rows that `select_related` looks for from the other side: there may be none yet."""
    base = dependencies.query.base_table
    known = dependencies.narrowings.get(base) if base else None
    for info in reverse_infos(compiler.klass_info):
        model, field = info["model"], info["field"]
        if not dependencies.collector.use_model(model) or info["from_parent"]:
            continue
        if field.primary_key:
            # Named by the object that it belongs to, whose tag is there already if it is known.
            yield from with_draft(model, list_tag(model))
        elif known and known.rank == OBJECT_RANK:
            for condition in known.conditions:
                tag = list_tag(model, condition_of(field, condition.value))
                yield from with_draft(model, tag)
        else:
            yield from with_draft(model, list_tag(model))


def reverse_infos(info: dict[str, Any] | None) -> Iterator[dict[str, Any]]:
    for each in (info or {}).get("related_klass_infos", ()):
        if each["reverse"]:
            yield each
        yield from reverse_infos(each)
