"""From differences to the log, in the transaction that made them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, models, transaction
from wagtail.models import Page, PageViewRestriction

from cms.delivery.classification import BACKSTAGE_COLUMNS, chain_of
from cms.delivery.models import Change
from cms.delivery.publicity import Publicity, owner_of
from cms.delivery.rows import Difference, Row, snapshot
from cms.delivery.tags import (
    any_tag,
    column_tag,
    draft_tag,
    list_tags,
    name_of,
    object_tag,
)

CHANNEL = "delivery_changes"
Action = Change.Action


@dataclass
class Entry:
    """What is to be told about one object."""

    model: type[models.Model]
    pk: Any
    tags: set[str]
    was_public: bool = False
    is_public: bool = False
    exists: bool = True
    path_before: str = ""
    path_after: str = ""
    locale: str = ""

    @property
    def key(self) -> tuple[str, str]:
        return name_of(self.model), str(self.pk)

    @property
    def action(self) -> Change.Action:
        if self.is_public and not self.was_public:
            return Action.PUBLISHED
        if not self.is_public and self.was_public:
            return Action.UNPUBLISHED if self.exists else Action.DELETED
        moved = self.path_before != self.path_after
        return Action.MOVED if moved and self.is_public else Action.UPDATED

    def continue_with(self, later: "Entry") -> None:
        """Two statements of one transaction about one object are one change."""
        self.tags |= later.tags
        self.is_public, self.exists = later.is_public, later.exists
        self.path_after = later.path_after
        if len(chain_of(later.model)) > len(chain_of(self.model)):
            self.model = later.model

    def to_change(self) -> Change:
        return Change(
            type=self.model._meta.label,
            object_id="" if self.pk is None else str(self.pk),
            locale=self.locale,
            action=self.action,
            path_before=self.path_before if self.was_public else "",
            path_after=self.path_after if self.is_public else "",
            is_public=self.was_public or self.is_public,
            tags=sorted(self.tags),
        )


@dataclass(eq=False)
class Pending:
    """The changes of the transaction that is open. It stands among what Django does on commit, and is gone with the
    transaction, or with the savepoint, that made it."""

    entries: dict[tuple[str, str], tuple[Entry, int]] = field(default_factory=dict)

    def __call__(self) -> None:
        from cms.delivery.following import catch_up

        catch_up()


def pending() -> Pending:
    registered: list[Any] = connection.run_on_commit
    for _savepoints, function, *_ in registered:
        if isinstance(function, Pending):
            return function
    made = Pending()
    transaction.on_commit(made, robust=True)
    return made


def record(differences: list[Difference]) -> None:
    """Write what has changed into the log. To be called in the transaction of the change."""
    if not differences:
        return
    publicity = Publicity()
    entries: list[Entry] = []
    for difference in differences:
        entries.extend(entries_of(difference, publicity))
    if any(issubclass(each.row.model, PageViewRestriction) for each in differences):
        entries.extend(restriction_entries(differences, publicity))
    entries.extend(home_entries(differences, publicity))
    write(entries)


def entries_of(difference: Difference, publicity: Publicity) -> Iterator[Entry]:
    row = difference.row
    tags = tags_of(difference)
    owner = owner_of(row)
    if owner is None:
        yield own_entry(difference, tags, publicity)
        return
    model, pk = owner
    owners = snapshot(model, [pk])
    for state in owners.values():
        if not state.is_draft:
            tags.add(object_tag(model, pk))
        unchanged = Difference(state, state)
        yield own_entry(unchanged, tags, publicity)
    if not owners:
        # It goes with its owner, which is told of by itself.
        yield Entry(row.model, row.values.get(row.model._meta.pk.attname), tags)


def own_entry(difference: Difference, tags: set[str], publicity: Publicity) -> Entry:
    row = difference.row
    pk = row.values.get(row.model._meta.pk.attname)
    entry = Entry(row.model, pk, tags, locale=publicity.locale_of(row))
    entry.exists = difference.after is not None
    if pk is not None and not is_backstage(difference):
        entry.was_public = publicity.shows(difference.before)
        entry.is_public = publicity.shows(difference.after)
        entry.path_before = publicity.path_of(difference.before)
        entry.path_after = publicity.path_of(difference.after)
    return entry


def is_backstage(difference: Difference) -> bool:
    """A node that has got its first child says nothing new itself."""
    return difference.gets_or_loses_children and not difference.moves_in_lists


def tags_of(difference: Difference) -> set[str]:
    """Of the states that visitors know, and apart from them, of those that are drafts."""
    tags: set[str] = set()
    if difference.states:
        tags.update(tags_of_states(difference, difference.states))
    if difference.drafts:
        tags.update(map(draft_tag, tags_of_states(difference, difference.drafts)))
    return tags


def tags_of_states(difference: Difference, states: list[Row]) -> set[str]:
    row = difference.row
    pk = row.values.get(row.model._meta.pk.attname)
    tags = set() if pk is None else {object_tag(row.model, pk)}
    if is_backstage(difference):
        return tags
    fields = {f.attname: f for f in row.model._meta.concrete_fields}
    tags.update(any_tag(each) for each in chain_of(row.model))
    changed = difference.columns - BACKSTAGE_COLUMNS
    tags.update(column_tag(fields[name]) for name in changed)
    if len(states) == 1 or difference.moves_in_lists:
        for state in states:
            tags.update(list_tags(state.model, [state.values]))
    return tags


def restriction_entries(
    differences: Iterable[Difference], publicity: Publicity
) -> Iterator[Entry]:
    """A restriction takes whole branches of the tree away from the public, or gives them back."""
    now = publicity.restricted_paths
    earlier = Counter(now)
    paths: set[str] = set()
    for difference in differences:
        before, after = (
            page_path_of(row) for row in (difference.before, difference.after)
        )
        if after:
            earlier[after] -= 1
        if before:
            earlier[before] += 1
        paths.update(path for path in (before, after) if path)
    was = Publicity(+earlier)
    yield from branch_entries(paths, was, publicity)


def home_entries(
    differences: Iterable[Difference], publicity: Publicity
) -> Iterator[Entry]:
    """With its home page a whole language comes and goes."""
    paths = {
        difference.row.values["path"]
        for difference in differences
        if issubclass(difference.row.model, Page)
        and "live" in difference.columns
        and difference.row.values["path"] in publicity.homes
    }
    if paths:
        was = Publicity(draft_homes=publicity.draft_homes ^ paths)
        yield from branch_entries(paths, was, publicity)


def branch_entries(
    paths: Iterable[str], was: Publicity, publicity: Publicity
) -> Iterator[Entry]:
    """For each page below these that visitors see now and did not, or the other way round."""
    for path in paths:
        live = Page.objects.filter(path__startswith=path, live=True)
        for pk, row in snapshot(Page, list(live.values_list("pk", flat=True))).items():
            entry = Entry(row.model, pk, {object_tag(Page, pk)})
            entry.was_public, entry.is_public = was.shows(row), publicity.shows(row)
            if entry.was_public != entry.is_public:
                entry.path_before = entry.path_after = publicity.path_of(row)
                entry.locale = publicity.locale_of(row)
                yield entry


def page_path_of(row: Row | None) -> str:
    if row is None or not issubclass(row.model, PageViewRestriction):
        return ""
    pages = Page.objects.filter(pk=row.values["page_id"])
    return pages.values_list("path", flat=True).first() or ""


def write(entries: list[Entry]) -> None:
    """Add rows to the log, or to what this transaction has told of the same objects."""
    known = pending().entries
    forget_rolled_back(known, entries)
    fresh: dict[tuple[str, str], Entry] = {}
    continued: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        if entry.key in known:
            known[entry.key][0].continue_with(entry)
            continued[entry.key] = known[entry.key][0]
        elif entry.key in fresh:
            fresh[entry.key].continue_with(entry)
        else:
            fresh[entry.key] = entry
    update([(known[key][1], entry) for key, entry in continued.items()])
    changes = [entry.to_change() for entry in fresh.values()]
    Change.objects.bulk_create(changes, batch_size=500)
    for entry, change in zip(fresh.values(), changes, strict=True):
        known[entry.key] = (entry, change.position)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])


def forget_rolled_back(
    known: dict[tuple[str, str], tuple[Entry, int]], entries: list[Entry]
) -> None:
    """A savepoint that was rolled back has taken its rows with it."""
    positions = {known[e.key][1]: e.key for e in entries if e.key in known}
    if not positions:
        return
    there = Change.objects.filter(position__in=list(positions))
    for position in positions.keys() - set(there.values_list("position", flat=True)):
        del known[positions[position]]


def update(continued: list[tuple[int, Entry]]) -> None:
    if not continued:
        return
    changes = []
    for position, entry in continued:
        change = entry.to_change()
        change.position = position
        changes.append(change)
    names = ["type", "action", "path_before", "path_after", "is_public", "tags"]
    Change.objects.bulk_update(changes, names, batch_size=200)
