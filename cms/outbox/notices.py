"""What a message says, before any channel gives it a form of its own."""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Notice:
    """Frozen at the time of the event."""

    title: str
    # Label and value, for people. Chat robots get them as they are: mask what is personal.
    facts: list[tuple[str, str]] = field(default_factory=list)
    url: str = ""
    url_label: str = ""
    # For programs: what a webhook sends as `data`.
    data: dict[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, payload: dict[str, Any]) -> "Notice":
        facts = [(label, value) for label, value in payload.get("facts", [])]
        return cls(**{**payload, "facts": facts})
