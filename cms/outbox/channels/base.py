from dataclasses import dataclass, field
from typing import ClassVar

from cms.outbox.models import Channel, Message
from cms.outbox.notices import Notice
from cms.outbox.outcomes import Outcome


@dataclass(frozen=True)
class Budget:
    """So many deliveries in so many seconds, for all workers together."""

    deliveries: int
    seconds: int


@dataclass(frozen=True)
class Parcel:
    """What goes out at one time: one message, or a digest of several."""

    messages: list[Message] = field(default_factory=list)

    @property
    def notices(self) -> list[Notice]:
        return [Notice.from_json(message.payload) for message in self.messages]

    @property
    def is_digest(self) -> bool:
        return len(self.messages) > 1


class Sender:
    """A channel at work. Subclasses give a parcel its form, send it, and read the answer."""

    budgets: ClassVar[list[Budget]] = []
    # The most messages that one digest takes; 1 for channels that want each by itself.
    largest_digest: ClassVar[int] = 1
    # So many have to wait before they are put together.
    digest_from: ClassVar[int] = 0

    def __init__(self, channel: Channel) -> None:
        self.channel = channel

    def check(self) -> None:
        """Raises a ValueError that says what is wrong with the channel's address or secret."""

    def send(self, parcel: Parcel) -> Outcome:
        raise NotImplementedError
