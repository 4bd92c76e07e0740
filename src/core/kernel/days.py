"""Calendar days: lateness, working days, and days as numbers for the store. Today is always an argument."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from relance.core.kernel.errors import BadInput

_EPOCH = date(1970, 1, 1).toordinal()
_FIRST, _LAST = date(1970, 1, 1), date(2200, 12, 31)


def day_number(day: date) -> int:
    """Days since 1970-01-01; what the store keeps, so that differences are plain subtraction."""
    return day.toordinal() - _EPOCH


def day_of(number: int) -> date:
    """The date of a day number."""
    return date.fromordinal(_EPOCH + number)


def day_to_decide(day: date) -> date:
    """The same day; raises BadInput for one so far off that the days around it cannot be counted."""
    if not _FIRST <= day <= _LAST:
        raise BadInput(f"{day} is no day to decide: one from {_FIRST} to {_LAST} is")
    return day


def days_overdue(due_on: date, today: date) -> int:
    """Whole days past due; zero on the due date and before it (D1)."""
    return max(0, (today - due_on).days)


def is_working_day(day: date, is_holiday: Callable[[date], bool]) -> bool:
    """Monday to Friday and no public holiday (D2)."""
    return day.weekday() < 5 and not is_holiday(day)


def add_working_days(day: date, count: int, is_holiday: Callable[[date], bool]) -> date:
    """The day reached after `count` working days; the same day for zero."""
    while count > 0:
        day += timedelta(days=1)
        if is_working_day(day, is_holiday):
            count -= 1
    return day


def working_days_between(start: date, end: date, is_holiday: Callable[[date], bool]) -> int:
    """Working days after `start` up to and including `end`; zero where end is not later."""
    count = 0
    while start < end:
        start += timedelta(days=1)
        count += is_working_day(start, is_holiday)
    return count


def local_day(moment: datetime, zone: str) -> date:
    """The calendar day of a moment in an IANA time zone."""
    return moment.astimezone(ZoneInfo(zone)).date()


def end_of_day(day: date, zone: str) -> datetime:
    """The first moment after the day, where this time zone counts its days."""
    following = day + timedelta(days=1)
    return datetime(following.year, following.month, following.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)
