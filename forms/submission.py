"""What has been checked and is ready to be stored."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Submission:
    """The typed columns of a lead, and all questions with their answers."""

    columns: Mapping[str, Any]
    answers: list[dict[str, Any]]

    @property
    def mobile(self) -> str:
        return self.columns.get("mobile", "")

    @property
    def body(self) -> str:
        return body_of(self.answers)


def body_of(answers: list[dict[str, Any]]) -> str:
    """The answers in one canonical text, to tell whether two submissions say the same."""
    pairs = sorted((answer["key"], answer["value"]) for answer in answers)
    return json.dumps(pairs, ensure_ascii=False)
