"""From the log of changes to the outbox: each change once, however many workers look."""

from collections.abc import Callable

from django.db import connection, transaction

from cms.delivery.collecting import unseen
from cms.delivery.following import last_position
from cms.delivery.models import Change, Follower

BATCH = 500

Handler = Callable[[list[Change]], None]


def follow(name: str, handle: Handler) -> bool:
    """Hand over the changes that `name` has not had, at most a batch. Says whether there were any.

    What the handler writes is stored together with how far it has come, or not at all. It is handed everything, also
    changes that no consumer may read of.
    """
    with unseen():
        if not has_news(name):
            return False
        with transaction.atomic():
            follower = lock(name)
            if follower is None:
                return False
            changes = read_after(follower.position)
            if changes:
                handle(changes)
                follower.position = changes[-1].position
                follower.save(update_fields=["position"])
            return bool(changes)


def has_news(name: str) -> bool:
    """Whether it is worth a transaction that writes. Who follows for the first time begins at the log's end."""
    followers = Follower.objects.filter(name=name)
    position = followers.values_list("position", flat=True).first()
    if position is None:
        defaults = {"position": last_position()}
        Follower.objects.get_or_create(name=name, defaults=defaults)
        return False
    return last_position() > position


def lock(name: str) -> Follower | None:
    """The row of the follower. One that another worker holds is left to it."""
    followers = Follower.objects.filter(name=name)
    if connection.features.has_select_for_update_skip_locked:
        followers = followers.select_for_update(skip_locked=True)
    return followers.first()


def read_after(position: int) -> list[Change]:
    changes = Change.objects.filter(position__gt=position).order_by("position")
    return list(changes[:BATCH])
