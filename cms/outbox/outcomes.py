"""What came of sending something."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Result(StrEnum):
    SENT = "sent"
    # Worth trying again.
    FAILED = "failed"
    # The other side has understood and will not have it: trying again changes nothing.
    REFUSED = "refused"
    # Too much at a time: the whole channel waits, and the message has not failed.
    LIMITED = "limited"


@dataclass(frozen=True)
class Outcome:
    result: Result
    # The answer that was received, or why there was none.
    answer: str = ""
    wait: timedelta = timedelta(minutes=1)

    @property
    def is_success(self) -> bool:
        return self.result == Result.SENT
