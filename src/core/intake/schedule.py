"""When a source is fetched: times of day on some weekdays, in the tenant's zone."""

import re
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec

from relance.core.kernel.errors import BadInput

RETRY_MINUTES = (5, 15, 60)
"""Waits after failures that follow each other; the last one is used again and again until the next time of day."""
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d\Z")
_MOST_TIMES = 48


class Schedule(msgspec.Struct, frozen=True):
    """Times of day as HH:MM in order, weekdays from 0 (Monday). No times: only by hand."""

    times: tuple[str, ...] = ()
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4, 5, 6)

    def __bool__(self) -> bool:
        return bool(self.times and self.weekdays)


def checked_schedule(times: tuple[str, ...], weekdays: tuple[int, ...]) -> Schedule:
    """The schedule in order and without repetitions; raises BadInput."""
    wrong = next((text for text in times if not _TIME.match(text)), None)
    if wrong is not None:
        raise BadInput(f"time {wrong!r}: write HH:MM, like 06:30")
    if len(times) > _MOST_TIMES:
        raise BadInput(f"at most {_MOST_TIMES} times a day")
    if any(day not in range(7) for day in weekdays):
        raise BadInput("weekdays are 0 (Monday) to 6 (Sunday)")
    if times and not weekdays:
        raise BadInput("a schedule needs at least one weekday")
    return Schedule(tuple(sorted(set(times))), tuple(sorted(set(weekdays))))


def next_time(schedule: Schedule, zone: str, after: datetime) -> datetime | None:
    """The first scheduled moment after `after`; a time that the clocks jump over counts with the time before them."""
    if not schedule:
        return None
    here = ZoneInfo(zone)
    day = after.astimezone(here).date()
    for ahead in range(9):
        at = day + timedelta(days=ahead)
        if at.weekday() not in schedule.weekdays:
            continue
        for text in schedule.times:
            moment = datetime.combine(at, time.fromisoformat(text), here).astimezone(UTC)
            if moment > after:
                return moment
    return None


def next_try(schedule: Schedule, zone: str, now: datetime, failures: int) -> datetime | None:
    """When to try again after `failures` in a row: soon, and never later than the schedule says."""
    usual = next_time(schedule, zone, now)
    if usual is None or not failures:
        return usual
    wait = RETRY_MINUTES[min(failures, len(RETRY_MINUTES)) - 1]
    return min(usual, now + timedelta(minutes=wait))
