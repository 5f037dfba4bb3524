"""Long lists of which a part is shown. Where there is a memory, their keys are looked up once, in their order."""

from array import array
from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from cms.core.remembering import Plain, is_remembering, remember


class KeyList:
    """The rows of a query set. Any part of it costs as much as the first, and so does their number.

    `names` say of which rows and in which order: of two query sets with the same names the keys must be the same.
    `find_rows` makes the query set, with whatever has to be looked up for it.
    """

    def __init__(self, find_rows: Callable[[], QuerySet], *names: Plain) -> None:
        self.find_rows = find_rows
        self.names = names

    @cached_property
    def keys(self) -> "array[int]":
        return remember(("keys", *self.names), self.find_keys)

    def find_keys(self) -> "array[int]":
        return array("q", self.find_rows().values_list("pk", flat=True))

    def count(self) -> int:
        return len(self.keys)

    __len__ = count

    def __getitem__(self, part: slice) -> list[Any]:
        keys = self.keys[part]
        found = self.find_rows().in_bulk(keys)
        return [found[key] for key in keys if key in found]


def remember_keys(
    find_rows: Callable[[], QuerySet], *names: Plain
) -> QuerySet | KeyList:
    return KeyList(find_rows, *names) if is_remembering() else find_rows()
