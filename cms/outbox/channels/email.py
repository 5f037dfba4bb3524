from contextlib import closing
from smtplib import SMTPException, SMTPRecipientsRefused
from typing import Any

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from cms.outbox.channels.base import Parcel, Sender
from cms.outbox.outcomes import Outcome, Result
from cms.outbox.texts import digest_title, plain_text

PERMANENT = 500


class EmailSender(Sender):
    """Mail to the addresses of the channel, through the project's own mail server. Each gets a mail of its own, so that
    one mailbox that is full keeps none of the others from theirs.
    """

    largest_digest = 50
    digest_from = 20

    def check(self) -> None:
        addresses = self.channel.address.split()
        try:
            for address in addresses:
                validate_email(address)
        except ValidationError:
            addresses = []
        if not addresses:
            raise ValueError(_("Write mail addresses, one in each line."))

    def send(self, parcel: Parcel) -> Outcome:
        try:
            self.check()
            with closing(get_connection()) as connection:
                connection.open()
                return self.send_to_all(parcel, connection)
        except ValueError as error:
            return Outcome(Result.REFUSED, describe(error))
        except (SMTPException, OSError) as error:
            return Outcome(Result.FAILED, describe(error))

    def send_to_all(self, parcel: Parcel, connection: Any) -> Outcome:
        addresses = self.channel.address.split()
        codes = [self.send_to(address, parcel, connection) for address in addresses]
        refused = {number: code for number, code in enumerate(codes, start=1) if code}
        answer = ", ".join(
            f"address {number}: {code}" for number, code in refused.items()
        )
        if len(refused) < len(addresses):
            # Those who have it must not get it again.
            return Outcome(Result.SENT, answer)
        is_final = all(code >= PERMANENT for code in refused.values())
        return Outcome(Result.REFUSED if is_final else Result.FAILED, answer)

    def send_to(self, address: str, parcel: Parcel, connection: Any) -> int:
        """The code with which the server has refused the address; 0 when it has taken the mail."""
        try:
            self.build(address, parcel, connection).send()
        except SMTPRecipientsRefused as error:
            return max(code for code, _text in error.recipients.values())
        return 0

    def build(self, address: str, parcel: Parcel, connection: Any) -> EmailMessage:
        notices = parcel.notices
        title = digest_title(len(notices)) if parcel.is_digest else notices[0].title
        return EmailMessage(
            subject=" ".join(title.split()),
            body="\n\n".join(plain_text(notice) for notice in notices),
            to=[address],
            # The same for every attempt, so that mail programs show a repeat once.
            headers={"Message-ID": f"<{parcel.messages[0].pk}@outbox.tongdao>"},
            connection=connection,
        )


def describe(error: Exception) -> str:
    """The server's code rather than its words: they repeat addresses."""
    code = getattr(error, "smtp_code", "")
    return " ".join(filter(None, [type(error).__name__, str(code)]))
