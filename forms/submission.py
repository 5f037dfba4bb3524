"""What has been checked and is ready to be stored."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from forms.blocks import FormField


@dataclass(frozen=True)
class ConsentAnswer:
    """A tick or none. `digest` names the text that was ticked, where the sender has told it."""

    field: FormField
    digest: str
    is_given: bool


@dataclass(frozen=True)
class Submission:
    """The typed columns of a lead, all questions with their answers, and what was agreed to or not."""

    columns: Mapping[str, Any]
    answers: list[dict[str, Any]]
    consents: list[ConsentAnswer] = field(default_factory=list)

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
