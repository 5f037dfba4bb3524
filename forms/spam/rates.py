"""How much may come from one phone and from one network, counted in the database, so that all processes count together.

A window is fixed: an hour, or a day, of the clock. Counters hold keyed hashes; `forms.spam.forgetting` deletes them.
"""

from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

from cms.encryption.hashes import hash_value
from forms.context import LeadContext
from forms.models import LeadSettings
from forms.submission import Submission

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

COUNT = """
    INSERT INTO forms_ratecounter (key, window_start, count) VALUES (%s, %s, 1)
    ON CONFLICT (key, window_start) DO UPDATE SET count = forms_ratecounter.count + 1
    RETURNING count
"""


def find_exceeded_rates(
    submission: Submission, context: LeadContext, settings: LeadSettings
) -> list[str]:
    """Count the submission. Gives the codes of the limits that it is over."""
    exceeded = []
    if submission.mobile:
        key = hash_value(submission.mobile, "phone rate")
        if count(key, DAY) > settings.phone_limit:
            exceeded.append("phone_rate")
    if context.network and count(context.network, HOUR) > settings.network_limit:
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
