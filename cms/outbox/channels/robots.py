"""What chat robots have in common: an address that is the secret, Markdown, byte limits, and answers that say 200 to
everything and mean what stands in the body."""

import json
from abc import abstractmethod
from typing import Any, ClassVar
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from cms.outbox.channels.base import Parcel, Sender
from cms.outbox.http import Answer, ForbiddenAddress, NoAnswer, post
from cms.outbox.notices import Notice
from cms.outbox.outcomes import Outcome, Result
from cms.outbox.settings import private_hosts
from cms.outbox.texts import cut, digest_title, fact_lines, summary_line

LONGEST_ANSWER = 500


class RobotSender(Sender):
    hosts: ClassVar[set[str]]
    code_name: ClassVar[str]
    # Codes that ask for patience.
    limit_codes: ClassVar[set[int]]
    # Codes of a server that is out of order.
    passing_codes: ClassVar[set[int]] = {-1}
    limit_wait: ClassVar[Any]
    # In bytes of UTF-8, with some room for what stands around the text.
    longest_text: ClassVar[int]
    largest_digest = 50
    digest_from = 5

    def check(self) -> None:
        target = urlsplit(self.channel.address)
        if target.netloc in private_hosts():
            return
        if target.scheme != "https" or target.netloc not in self.hosts:
            hosts = ", ".join(sorted(self.hosts))
            raise ValueError(
                _("The robot's address begins with https:// and %(hosts)s.")
                % {"hosts": hosts}
            )

    def send(self, parcel: Parcel) -> Outcome:
        body = json.dumps(self.build(parcel), ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json; charset=utf-8"}
        try:
            self.check()
            answer = post(self.get_url(), body, headers)
        except (ForbiddenAddress, ValueError) as error:
            return Outcome(Result.REFUSED, str(error))
        except NoAnswer as error:
            return Outcome(Result.FAILED, str(error))
        return self.judge(answer)

    def get_url(self) -> str:
        return self.channel.address

    def judge(self, answer: Answer) -> Outcome:
        text = f"{answer.status} {answer.text[:LONGEST_ANSWER]}"
        if answer.status == 429:
            return Outcome(Result.LIMITED, text, self.limit_wait)
        if answer.status >= 500:
            return Outcome(Result.FAILED, text)
        code = read_code(answer.text, self.code_name)
        if code is None:
            return Outcome(Result.FAILED, text)
        if code == 0:
            return Outcome(Result.SENT, text)
        if code in self.limit_codes:
            return Outcome(Result.LIMITED, text, self.limit_wait)
        passing = code in self.passing_codes
        return Outcome(Result.FAILED if passing else Result.REFUSED, text)

    def get_title(self, parcel: Parcel) -> str:
        notices = parcel.notices
        return digest_title(len(notices)) if parcel.is_digest else notices[0].title

    def get_text(self, parcel: Parcel) -> str:
        """The parcel in Markdown, within the robot's limit; what is cut is never the link."""
        link = self.get_link(parcel.notices[0])
        room = self.longest_text - len(link.encode())
        lines = (
            [summary_line(notice) for notice in parcel.notices]
            if parcel.is_digest
            else fact_lines(parcel.notices[0])
        )
        return cut("\n".join(lines), room) + link

    def get_link(self, notice: Notice) -> str:
        return (
            f"\n\n[{notice.url_label or notice.url}]({notice.url})"
            if notice.url
            else ""
        )

    @abstractmethod
    def build(self, parcel: Parcel) -> dict[str, Any]:
        """The body of the robot's request."""


def read_code(text: str, name: str) -> int | None:
    """The number that says what came of it; None where the answer is no JSON of the robot's."""
    try:
        code = json.loads(text)[name]
    except (ValueError, TypeError, KeyError):
        return None
    return code if isinstance(code, int) else None
