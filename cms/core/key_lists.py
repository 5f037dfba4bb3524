"""Long lists of which a part is shown."""

from array import array
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from cms.core.remembering import Plain, is_remembering, remember


class KeyList:
    """The rows of a query set: first the keys of a part, then what stands under them, so that the database need not
    carry whole rows past it that come before.

    Where there is a memory, all keys are remembered, in their order: then any part costs as much as the first, and
    their number nothing. `names` say of which rows and in which order: of two query sets with the same names the keys
    must be the same. `find_rows` makes the query set, with whatever has to be looked up for it.
    """

    def __init__(self, find_rows: Callable[[], QuerySet], *names: Plain) -> None:
        self.find_rows = find_rows
        self.names = names

    @cached_property
    def remembered_keys(self) -> "array[int]":
        return remember(("keys", *self.names), lambda: array("q", self.find_keys()))

    def find_keys(self) -> QuerySet:
        return self.find_rows().values_list("pk", flat=True)

    def count(self) -> int:
        if is_remembering():
            return len(self.remembered_keys)
        return self.find_rows().count()

    __len__ = count

    def __getitem__(self, part: slice) -> list[Any]:
        keys: Iterable[int] = (
            self.remembered_keys[part] if is_remembering() else self.find_keys()[part]
        )
        ordered = list(keys)
        found = self.find_rows().in_bulk(ordered)
        return [found[key] for key in ordered if key in found]
