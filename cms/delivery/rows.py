"""Rows as they were and as they are, read past the ORM so that nobody else notices."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from wagtail.models import Page

from cms.delivery.classification import BACKSTAGE_COLUMNS, has_drafts, is_content

CHUNK = 500


@dataclass(frozen=True)
class Row:
    """One object with all its columns, as the database gives them. `model` is the most specific one that is known."""

    model: type[models.Model]
    values: dict[str, Any]

    @property
    def pk(self) -> Any:
        return self.values[self.model._meta.pk.attname]

    @property
    def is_draft(self) -> bool:
        """Nobody but editors sees it, unless a query forgets to ask for live rows."""
        return self.values.get("live", True) in (False, 0) and has_drafts(self.model)


Rows = dict[Any, Row]


def snapshot(model: type[models.Model], pks: Iterable[Any]) -> Rows:
    """The rows of these keys, with what belongs to them in other tables of the same object."""
    rows: Rows = {}
    for chunk in chunks(pks):
        found = read(model, chunk)
        rows.update(found)
        for specific, keys in specific_models(model, found):
            rows.update(read(specific, keys))
    return rows


def chunks(pks: Iterable[Any]) -> Iterator[list[Any]]:
    remaining = iter(pks)
    while chunk := list(islice(remaining, CHUNK)):
        yield chunk


def read(model: type[models.Model], pks: list[Any]) -> Rows:
    columns = [field.attname for field in model._meta.concrete_fields]
    pks = list(dict.fromkeys(pks))
    prepare = model._meta.pk.get_db_prep_value
    with connection.cursor() as cursor:
        cursor.execute(
            statement(model, pks),
            [prepare(pk, connection, prepared=False) for pk in pks],
        )
        records = cursor.fetchall()
    key = model._meta.pk.attname
    rows = (Row(model, dict(zip(columns, record, strict=True))) for record in records)
    # The database may give a key in another form than Python has it.
    to_python = model._meta.pk.to_python
    return {to_python(row.values[key]): row for row in rows}


# Putting the statement together takes longer than the database takes to answer it.
_statements: dict[tuple[type[models.Model], int], str] = {}


def statement(model: type[models.Model], pks: list[Any]) -> str:
    key = model, len(pks)
    if key not in _statements:
        columns = [field.attname for field in model._meta.concrete_fields]
        rows = model._base_manager.filter(pk__in=pks).order_by()
        _statements[key] = rows.values_list(*columns).query.sql_with_params()[0]
    return _statements[key]


def specific_models(
    model: type[models.Model], rows: Rows
) -> Iterator[tuple[type[models.Model], list[Any]]]:
    """Models that keep more of these rows in tables of their own."""
    if not rows:
        return
    if issubclass(model, Page):
        yield from specific_pages(model, rows)
        return
    for relation in model._meta.related_objects:
        if relation.parent_link and relation.related_model._meta.concrete_model:
            yield relation.related_model, list(rows)


def specific_pages(
    model: type[models.Model], rows: Rows
) -> Iterator[tuple[type[models.Model], list[Any]]]:
    by_type = defaultdict(list)
    for pk, row in rows.items():
        by_type[row.values["content_type_id"]].append(pk)
    for type_id, keys in by_type.items():
        specific = ContentType.objects.get_for_id(type_id).model_class()
        if specific and specific is not model and issubclass(specific, model):
            yield specific, keys


@dataclass(frozen=True)
class Difference:
    """What a statement has changed about one object."""

    before: Row | None
    after: Row | None

    @property
    def row(self) -> Row:
        return self.after or self.before  # type: ignore[return-value]  # there is one at least

    @property
    def states(self) -> list[Row]:
        """As visitors knew it, and as they know it now."""
        return [row for row in (self.before, self.after) if row and not row.is_draft]

    @property
    def drafts(self) -> list[Row]:
        """As those know it who do not ask whether it is live."""
        return [row for row in (self.before, self.after) if row and row.is_draft]

    @property
    def columns(self) -> set[str]:
        """Those of the columns that were there before and after."""
        if self.before is None or self.after is None:
            return set()
        old, new = self.before.values, self.after.values
        return {name for name in old.keys() & new.keys() if old[name] != new[name]}

    @property
    def has_appeared_or_gone(self) -> bool:
        return len(self.states) == 1

    @property
    def moves_in_lists(self) -> bool:
        """Whether other rows would be found, or in another order."""
        if self.has_appeared_or_gone:
            return True
        fields = {f.attname: f for f in self.row.model._meta.concrete_fields}
        changed = self.columns - BACKSTAGE_COLUMNS
        return any(not is_content(fields[name]) for name in changed)

    @property
    def gets_or_loses_children(self) -> bool:
        """Whether a node of a tree is a leaf: readers do not ask for the children of one."""
        if "numchild" not in self.columns or self.before is None or self.after is None:
            return False
        return not (self.before.values["numchild"] and self.after.values["numchild"])

    @property
    def matters(self) -> bool:
        """Whether anything that visitors may see has changed. Work on a draft changes columns behind the stage only."""
        return bool(
            self.before is None
            or self.after is None
            or self.columns - BACKSTAGE_COLUMNS
            or self.gets_or_loses_children
        )


def differences(before: Rows, after: Rows) -> list[Difference]:
    keys = dict.fromkeys([*before, *after])
    found = (Difference(before.get(key), after.get(key)) for key in keys)
    return [each for each in found if each.matters]
