"""What many answers have in common and a process may remember: menus, settings, the header.

This app knows no memory. Whoever has one names it with `use_memory`; while there is none, everything is built anew.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol, TypeVar

Value = TypeVar("Value")
Plain = str | int | bool | None
Key = tuple[Plain, ...]
# The moment at which a value changes by itself, if there is one.
Moment = Callable[[Value], datetime | None]


class SharedMemory(Protocol):
    def remember(
        self, key: Key, build: Callable[[], Value], changes_at: Moment[Value]
    ) -> Value: ...


def never(value: object) -> None:
    """Of what changes only when somebody changes it."""


def no_memory() -> None:
    """As long as nobody has named one."""


_find_memory: Callable[[], SharedMemory | None] = no_memory


def use_memory(find_memory: Callable[[], SharedMemory | None]) -> None:
    """Name the memory. `find_memory` gives None where nothing may be remembered: for a visitor who has signed in."""
    global _find_memory
    _find_memory = find_memory


def is_remembering() -> bool:
    return _find_memory() is not None


def remember(
    key: Key,
    build: Callable[[], Value],
    changes_at: Moment[Value] = never,
) -> Value:
    """What `build` gives, or has given before for the same key. Each caller has a copy of its own.

    `build` looks up all that it shows, or the memory cannot know when it has changed; and it takes nothing from a
    request that does not stand in the key.
    """
    memory = _find_memory()
    return build() if memory is None else memory.remember(key, build, changes_at)
