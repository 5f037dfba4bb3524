"""Working hours: until when somebody should have answered."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from django.utils import timezone

from forms.models import LeadSettings

if TYPE_CHECKING:
    import holidays

# Longer than any span of free days, and a bound for settings under which nobody ever works.
MOST_DAYS = 60
SATURDAY, SUNDAY = 5, 6


@lru_cache(maxsize=8)
def get_calendar(year: int) -> "holidays.HolidayBase":
    """Public holidays of China as far as they are announced, with the weekend days that are worked for them."""
    # Imported when it is needed: processes that answer visitors hardly are asked for it, and it takes 4 MB.
    import holidays

    return holidays.country_holidays("CN", years=year)


def is_working_day(day: date, settings: LeadSettings) -> bool:
    if settings.follows_public_holidays:
        calendar = get_calendar(day.year)
        if day in calendar.weekend_workdays:
            return True
        if day in calendar:
            return False
    if day.weekday() == SATURDAY:
        return settings.works_on_saturday
    return day.weekday() != SUNDAY or settings.works_on_sunday


def add_working_minutes(
    start: datetime, minutes: int, settings: LeadSettings
) -> datetime | None:
    """The moment at which so many working minutes have passed since `start`; None when nobody works for weeks."""
    left = timedelta(minutes=minutes)
    day = timezone.localtime(start).date()
    for offset in range(MOST_DAYS):
        opens, closes = get_shift(day + timedelta(days=offset), settings)
        begins = max(opens, start)
        if begins >= closes:
            continue
        if begins + left <= closes:
            return begins + left
        left -= closes - begins
    return None


def get_shift(day: date, settings: LeadSettings) -> tuple[datetime, datetime]:
    """When work begins and ends; an empty span on a free day."""
    if not is_working_day(day, settings):
        midnight = local(day, time.min)
        return midnight, midnight
    return local(day, settings.opening_time), local(day, settings.closing_time)


def local(day: date, moment: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, moment))
