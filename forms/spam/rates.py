"""How much may come from one phone and from one network, counted in the database, so that all processes count together.

A window is fixed: an hour, or a day, of the clock. Counters hold keyed hashes; `forms.spam.forgetting` deletes them.
"""

import math
from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms.encryption.hashes import hash_value
from forms.context import LeadContext
from forms.models import LeadSettings
from forms.submission import Submission

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

# So many times a network's limit are no office behind one address any more.
FLOOD = 10


class TooMany(Exception):
    """Nothing was stored: so much has come from this network that it is refused until the hour is over. The message is
    for the visitor, in the language of the form.
    """

    def __init__(self) -> None:
        super().__init__(
            _(
                "Too much was sent from your network, so that nothing was stored. Try again in an hour, or call us."
            )
        )
        self.language = get_language()

    @property
    def retry_after(self) -> int:
        """In seconds."""
        now = timezone.now()
        left = start_of_window(now, HOUR) + HOUR - now
        return max(1, math.ceil(left.total_seconds()))


COUNT = """
    INSERT INTO forms_ratecounter (key, window_start, count) VALUES (%s, %s, 1)
    ON CONFLICT (key, window_start) DO UPDATE SET count = forms_ratecounter.count + 1
    RETURNING count
"""


def find_exceeded_rates(
    submission: Submission, context: LeadContext, settings: LeadSettings
) -> list[str]:
    """Count the submission. Gives the codes of the limits that it is over.

    Raises TooMany where one network floods the database. What is refused is not stored and not counted either.
    """
    exceeded = []
    if submission.mobile:
        key = hash_value(submission.mobile, "phone rate")
        if count(key, DAY) > settings.phone_limit:
            exceeded.append("phone_rate")
    if context.network:
        number = count(context.network, HOUR)
        if number > FLOOD * settings.network_limit:
            raise TooMany
        if number > settings.network_limit:
            exceeded.append("network_rate")
    return exceeded


def count(key: str, span: timedelta) -> int:
    """Count one more in the window of now, and give the sum of it. One statement, which both databases understand: the
    query set has none that counts and tells."""
    with connection.cursor() as cursor:
        window = start_of_window(timezone.now(), span)
        cursor.execute(COUNT, [key, connection.ops.adapt_datetimefield_value(window)])
        row = cursor.fetchone()
    return int(row[0])


def start_of_window(now: datetime, span: timedelta) -> datetime:
    local = timezone.localtime(now)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + (local - midnight) // span * span
