"""What all caches in front of us have in common."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, ClassVar
from urllib.parse import urljoin

from django.utils.encoding import iri_to_uri
from wagtail.models import Site

from cms.delivery.models import Change
from cms.delivery.tags import EVERYTHING
from cms.outbox.channels.webhook import LONGEST_ANSWER, judge
from cms.outbox.http import Answer
from cms.outbox.outcomes import Outcome, Result

# Of more than these an edge is not told one by one: it drops everything, which is one call instead of many.
MOST_TAGS = 600


@dataclass(frozen=True)
class Purge:
    """What an edge is to forget: answers with one of the tags, or those of the addresses."""

    tags: list[str] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.tags or self.urls)

    @classmethod
    def of(cls, tags: Iterable[str], urls: Iterable[str]) -> "Purge":
        distinct = sorted(set(tags))
        if EVERYTHING in distinct or len(distinct) > MOST_TAGS:
            distinct = [EVERYTHING]
        return cls(distinct, sorted(set(urls)))


@dataclass(frozen=True)
class Call:
    method: str
    url: str
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


class Edge:
    """One entry of DELIVERY["EDGES"]. Subclasses put a purge into the calls that their service understands."""

    required: ClassVar[set[str]] = set()
    # With what holds otherwise.
    optional: ClassVar[dict[str, Any]] = {}
    # SITES: where the edge serves the sites, if not at their own addresses. ALSO: paths that are purged whatever
    # changes, where purges are by address. AGAIN_AFTER: seconds after which a purge is sent once more; 0: it is not.
    common: ClassVar[dict[str, Any]] = {
        "TAGS": True,
        "SITES": None,
        "ALSO": [],
        "AGAIN_AFTER": 30,
    }

    def __init__(self, name: str, options: dict[str, Any]) -> None:
        self.name = name
        self.options = {**self.common, **self.optional, **options}

    @property
    def is_by_tag(self) -> bool:
        return bool(self.options["TAGS"])

    @property
    def again_after(self) -> timedelta:
        return timedelta(seconds=self.options["AGAIN_AFTER"])

    def purge_of(self, changes: Iterable[Change]) -> Purge:
        """Tags of everything that has changed: answers may depend on what the public is not told of. Addresses only of
        what it is told of."""
        changes = list(changes)
        if self.is_by_tag:
            return Purge.of((tag for change in changes for tag in change.tags), [])
        public = [change for change in changes if change.is_public]
        paths = [
            path for each in public for path in (each.path_before, each.path_after)
        ]
        also = self.options["ALSO"] if changes else []
        return Purge.of([], self.urls_of(filter(None, [*paths, *also])))

    def urls_of(self, paths: Iterable[str]) -> list[str]:
        """On every site: the log does not say of which a page is, and nothing is lost by asking another."""
        sites = self.options["SITES"] or [site.root_url for site in Site.objects.all()]
        distinct = {iri_to_uri(path) for path in paths}
        return [urljoin(f"{root}/", path) for root in sites for path in distinct]

    def test_purge(self) -> Purge:
        """One that costs nothing."""
        return (
            Purge(tags=["test"]) if self.is_by_tag else Purge(urls=self.urls_of(["/"]))
        )

    def calls(self, purge: Purge) -> Iterator[Call]:
        raise NotImplementedError

    def judge(self, answer: Answer) -> Outcome:
        text = f"{answer.status} {answer.text[:LONGEST_ANSWER]}"
        if answer.status == 429:
            return Outcome(Result.LIMITED, text)
        return judge(answer.status, text)


def in_batches(items: list[str], most: int) -> Iterator[list[str]]:
    for start in range(0, len(items), most):
        yield items[start : start + most]
