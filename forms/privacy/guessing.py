"""How often somebody may try receipts and numbers, in all processes together."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cms.encryption.hashes import hash_value
from forms.context import network_of
from forms.spam.rates import HOUR, count

# More than anybody mistypes, and too few to guess a number: of a receipt, and of a network.
MOST_OF_RECEIPT = 10
MOST_OF_NETWORK = 60
RETRY_AFTER = int(HOUR.total_seconds())
TOO_OFTEN = _("That was tried too often. Try again in an hour.")


def is_guessing(request: HttpRequest, receipt: str) -> bool:
    """Whether somebody tries numbers for a receipt, or receipts."""
    if count(hash_value(receipt, "receipt rate"), HOUR) > MOST_OF_RECEIPT:
        return True
    network = network_of(request)
    key = hash_value(network, "request rate")
    return bool(network) and count(key, HOUR) > MOST_OF_NETWORK
