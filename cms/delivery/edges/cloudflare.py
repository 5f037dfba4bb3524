import json
from collections.abc import Iterator

from cms.delivery.edges.base import Call, Edge, Purge, in_batches
from cms.outbox.http import Answer
from cms.outbox.outcomes import Outcome, Result

# Of tags or files in one call.
MOST = 30


class CloudflareEdge(Edge):
    """https://developers.cloudflare.com/api/resources/cache/methods/purge/"""

    required = {"ZONE", "TOKEN"}
    optional = {"API": "https://api.cloudflare.com/client/v4"}

    def calls(self, purge: Purge) -> Iterator[Call]:
        for tags in in_batches(purge.tags, MOST):
            yield self.call({"tags": tags})
        for urls in in_batches(purge.urls, MOST):
            yield self.call({"files": urls})

    def call(self, content: dict[str, list[str]]) -> Call:
        url = f"{self.options['API']}/zones/{self.options['ZONE']}/purge_cache"
        headers = {
            "Authorization": f"Bearer {self.options['TOKEN']}",
            "Content-Type": "application/json",
        }
        return Call("POST", url, headers, json.dumps(content).encode())

    def judge(self, answer: Answer) -> Outcome:
        outcome = super().judge(answer)
        if outcome.is_success and not is_done(answer.text):
            return Outcome(Result.FAILED, outcome.answer)
        return outcome


def is_done(text: str) -> bool:
    """Whether the answer says so: its status alone does not."""
    try:
        return json.loads(text)["success"] is True
    except (ValueError, TypeError, KeyError):
        return False
