import json
from collections.abc import Iterator

from cms.delivery.edges.base import Call, Edge, Purge, in_batches

# Of surrogate keys in one call.
MOST = 256


class FastlyEdge(Edge):
    """https://www.fastly.com/documentation/reference/api/purging/"""

    required = {"SERVICE", "TOKEN"}
    optional = {"API": "https://api.fastly.com"}

    def calls(self, purge: Purge) -> Iterator[Call]:
        for keys in in_batches(purge.tags, MOST):
            path = f"service/{self.options['SERVICE']}/purge"
            yield self.call(path, json.dumps({"surrogate_keys": keys}).encode())
        for url in purge.urls:
            yield self.call(f"purge/{url.partition('://')[2]}", b"")

    def call(self, path: str, body: bytes) -> Call:
        headers = {
            "Fastly-Key": self.options["TOKEN"],
            "Accept": "application/json",
            "Content-Type": "application/json",
        }
        return Call("POST", f"{self.options['API']}/{path}", headers, body)
