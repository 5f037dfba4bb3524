"""Telling edges what to forget: one message for each of them and batch of changes."""

from datetime import timedelta

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from cms.delivery.dispatching import follow
from cms.delivery.edges import get_edges
from cms.delivery.edges.base import Edge, Purge
from cms.delivery.models import Change
from cms.outbox.models import Channel
from cms.outbox.queue import Notice, enqueue


class NameTaken(Exception):
    """A channel of another kind has the name of an edge: purges wait in the log until one of the two is renamed."""


def feed_edges() -> None:
    follow("edges", enqueue_purges)


def enqueue_purges(changes: list[Change]) -> None:
    position = changes[-1].position
    for edge in get_edges().values():
        purge = edge.purge_of(changes)
        if purge:
            key = f"edge:{edge.name}:{position}"
            enqueue_purge(edge, purge, key, timedelta())
            # An answer that was built before the change may reach the edge after the purge.
            if edge.again_after:
                enqueue_purge(edge, purge, f"{key}:again", edge.again_after)


def enqueue_purge(edge: Edge, purge: Purge, key: str, delay: timedelta) -> None:
    notice = build_notice(purge)
    enqueue(channel_of(edge), notice, event="edge.purge", key=key, delay=delay)


def channel_of(edge: Edge) -> Channel:
    channel, _is_new = Channel.objects.get_or_create(
        name=edge.name, defaults={"kind": Channel.Kind.EDGE}
    )
    if channel.kind != Channel.Kind.EDGE:
        raise NameTaken
    return channel


def build_notice(purge: Purge) -> Notice:
    with translation.override(settings.LANGUAGE_CODE):
        title = _("Purge of an edge cache")
        facts = [
            (_("Tags"), " ".join(purge.tags)),
            (_("Addresses"), " ".join(purge.urls)),
        ]
    return Notice(
        title=title,
        facts=[(label, value) for label, value in facts if value],
        data={"tags": purge.tags, "urls": purge.urls},
    )
