"""A consumer that keeps a copy of what is published: it follows `changes/`, and reads again what they touch."""

import json
from pathlib import Path


class Mirror:
    """Keeps its copy and its cursor in a file, written after each batch: it may be killed at any time."""

    def __init__(self, file: Path, get):
        self.file, self.get = file, get
        saved = json.loads(file.read_text()) if file.exists() else {}
        self.pages = saved.get("pages", {})
        self.tags = saved.get("tags", {})
        self.cursor = saved.get("cursor", "")
        self.told = []

    def save(self):
        state = {"pages": self.pages, "tags": self.tags, "cursor": self.cursor}
        self.file.write_text(json.dumps(state))

    def follow(self, most_batches=1_000, limit=7):
        """Deal with batches until there is nothing more."""
        for _number in range(most_batches):
            answer = self.get(f"/api/v1/changes/?limit={limit}&after={self.cursor}")
            batch = answer.json()
            self.deal_with(batch["items"])
            self.cursor = batch["cursor"]
            self.save()
            if not batch["more"]:
                return

    def deal_with(self, items):
        stale = set()
        for item in items:
            self.told.append(item)
            tags = set(item["tags"])
            stale |= {pk for pk, own in self.tags.items() if tags & set(own)}
            if item["type"].endswith("Page"):
                if item["action"] in ("unpublished", "deleted"):
                    self.drop(item["id"])
                    stale.discard(item["id"])
                else:
                    stale.add(item["id"])
        for pk in stale:
            self.read(pk)

    def drop(self, pk):
        self.pages.pop(pk, None)
        self.tags.pop(pk, None)

    def read(self, pk):
        answer = self.get(f"/api/v1/pages/{pk}/")
        if answer.status_code == 404:
            self.drop(pk)
        else:
            self.pages[pk] = answer.json()
            self.tags[pk] = answer.headers["Surrogate-Key"].split()
