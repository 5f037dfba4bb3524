from smtplib import SMTPException, SMTPRecipientsRefused

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from cms.outbox.channels.base import Parcel, Sender
from cms.outbox.outcomes import Outcome, Result
from cms.outbox.texts import digest_title, plain_text


class EmailSender(Sender):
    """Mail to the addresses of the channel, through the project's own mail server."""

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
            self.build(parcel).send()
        except (ValueError, SMTPRecipientsRefused) as error:
            return Outcome(Result.REFUSED, describe(error))
        except (SMTPException, OSError) as error:
            return Outcome(Result.FAILED, describe(error))
        return Outcome(Result.SENT)

    def build(self, parcel: Parcel) -> EmailMessage:
        notices = parcel.notices
        title = digest_title(len(notices)) if parcel.is_digest else notices[0].title
        return EmailMessage(
            subject=" ".join(title.split()),
            body="\n\n".join(plain_text(notice) for notice in notices),
            to=self.channel.address.split(),
            # The same for every attempt, so that mail programs show a repeat once.
            headers={"Message-ID": f"<{parcel.messages[0].pk}@outbox.tongdao>"},
        )


def describe(error: Exception) -> str:
    """The server's code rather than its words: they repeat addresses."""
    code = getattr(error, "smtp_code", "")
    return " ".join(filter(None, [type(error).__name__, str(code)]))
