from collections.abc import Iterator
from urllib.parse import urlsplit

from cms.delivery.edges.base import Call, Edge, Purge
from cms.outbox.channels.webhook import LONGEST_ANSWER
from cms.outbox.http import Answer
from cms.outbox.outcomes import Outcome, Result

# Varnish takes headers of 8 KB at most.
LONGEST_HEADER = 6_000
# How caches say that they did not have it: nginx with ngx_cache_purge, in its older and newer versions.
NOT_THERE = {404, 412}


class HttpEdge(Edge):
    """Varnish, nginx and others that are asked themselves: by address, or by tag where they index a header (xkey)."""

    required = {"URLS"}
    optional = {"TAGS": False, "METHOD": "PURGE", "HEADER": "xkey-purge"}

    def calls(self, purge: Purge) -> Iterator[Call]:
        for cache in self.options["URLS"]:
            for tags in in_headers(purge.tags):
                yield self.call(f"{cache}/", {self.options["HEADER"]: tags})
            for url in purge.urls:
                # The cache knows the page by the host that visitors ask for.
                target = urlsplit(url)
                path = target._replace(scheme="", netloc="").geturl()
                yield self.call(f"{cache}{path}", {"Host": target.netloc})

    def call(self, url: str, headers: dict[str, str]) -> Call:
        return Call(self.options["METHOD"], url, headers)

    def judge(self, answer: Answer) -> Outcome:
        if answer.status in NOT_THERE and not self.is_by_tag:
            return Outcome(
                Result.SENT, f"{answer.status} {answer.text[:LONGEST_ANSWER]}"
            )
        return super().judge(answer)


def in_headers(tags: list[str]) -> Iterator[str]:
    line = ""
    for tag in tags:
        if line and len(line) + len(tag) > LONGEST_HEADER:
            yield line
            line = ""
        line = f"{line} {tag}" if line else tag
    if line:
        yield line
