"""Answers from memory that are never stale, and everyone downstream told what changed.

`invalidate` is for writes that Django's ORM does not see; `declare` is for what a view reads without it.
"""

from typing import Any

__all__ = ["declare", "invalidate"]


def invalidate(*subjects: Any) -> int:
    """Drop, in every process, all answers that used these: tags, model instances, or whole models. Gives the log's
    position of the change.

    For what was written past the ORM: raw SQL, another program, a file. `invalidate()` without subjects drops all.
    """
    from cms.delivery.invalidation import invalidate_subjects

    return invalidate_subjects(subjects)


def declare(*tags: str) -> None:
    """Say that the answer being built depends on these tags too. Outside of an answer it does nothing.

    For what is read past the ORM. Raw SQL inside `declare`d code: see `docs/delivery-cache.md`.
    """
    from cms.delivery.collecting import current

    if collector := current():
        collector.declare(tags)
