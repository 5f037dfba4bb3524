"""The outbox's channel to an edge."""

import time
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from cms.delivery.edges import get_edges
from cms.delivery.edges.base import Call, Edge, Purge
from cms.delivery.edges.frontend_cache import WagtailEdge
from cms.outbox.channels.base import Parcel, Sender
from cms.outbox.http import NoAnswer, request
from cms.outbox.outcomes import Outcome, Result

# Half of what the outbox gives a worker before it takes it for dead.
LONGEST_SECONDS = 60.0
# What is worth another attempt comes first.
WORST_FIRST = [Result.LIMITED, Result.FAILED, Result.REFUSED]


class EdgeSender(Sender):
    """Several purges that wait, as after an hour without network, are made one."""

    largest_digest = 50
    digest_from = 1

    def check(self) -> None:
        if self.channel.name not in get_edges():
            raise ValueError(_("The settings know no edge cache of this name."))

    def send(self, parcel: Parcel) -> Outcome:
        try:
            self.check()
        except ValueError as error:
            return Outcome(Result.REFUSED, str(error))
        edge = get_edges()[self.channel.name]
        purge = merge(parcel) or edge.test_purge()
        if isinstance(edge, WagtailEdge):
            return edge.purge(purge)
        return perform_all(edge, purge)


def merge(parcel: Parcel) -> Purge:
    contents = [notice.data for notice in parcel.notices]
    return Purge.of(
        (tag for content in contents for tag in content.get("tags", [])),
        (url for content in contents for url in content.get("urls", [])),
    )


def perform_all(edge: Edge, purge: Purge) -> Outcome:
    """Make all calls that the purge takes. One that fails ends those to the same host, and no others."""
    deadline = time.monotonic() + LONGEST_SECONDS
    failures: dict[str, Outcome] = {}
    number = 0
    for call in edge.calls(purge):
        host = urlsplit(call.url).netloc
        if host in failures:
            continue
        if time.monotonic() > deadline:
            failures[host] = Outcome(Result.FAILED, f"Not done after {number} calls.")
            break
        number += 1
        outcome = perform(edge, call)
        if not outcome.is_success:
            failures[host] = outcome
    if failures:
        return min(failures.values(), key=lambda each: WORST_FIRST.index(each.result))
    return Outcome(Result.SENT, f"{number} calls, {describe(purge)}.")


def perform(edge: Edge, call: Call) -> Outcome:
    try:
        answer = request(
            call.method, call.url, call.body, call.headers, is_from_settings=True
        )
    except NoAnswer as error:
        return Outcome(Result.FAILED, str(error))
    return edge.judge(answer)


def describe(purge: Purge) -> str:
    return f"{len(purge.tags)} tags, {len(purge.urls)} addresses"
