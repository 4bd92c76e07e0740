"""Sending windows: on which days, between which hours; exact over every change of clocks (D13, I-14)."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec

from relance.core.kernel.errors import BadInput

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WINDOW = re.compile(r"(?P<first>[a-z]{3})(?:-(?P<last>[a-z]{3}))? (?P<opens>\d\d:\d\d)-(?P<closes>\d\d:\d\d)")
_LOOK_AHEAD = 400
"""Days searched: no country keeps a holiday for longer."""


class Window(msgspec.Struct, frozen=True):
    """Weekdays (Monday is 0) and the hours between which messages may leave; midnight at the end is 24:00."""

    weekdays: frozenset[int]
    opens: int
    """Minutes after midnight on the wall clock."""
    closes: int


def parse_windows(text: str) -> tuple[Window, ...]:
    """`mon-fri 08:30-17:30`, several by commas; raises BadInput that says what to write."""
    windows = tuple(_window(part.strip().lower()) for part in text.split(",") if part.strip())
    if not windows:
        raise BadInput("windows: write days and hours, like mon-fri 08:30-17:30")
    return windows


def is_open(windows: tuple[Window, ...], moment: datetime, zone: ZoneInfo, is_holiday: Callable[[date], bool]) -> bool:
    """Whether a message may leave at this moment."""
    day = moment.astimezone(zone).date()
    return any(opens <= moment < closes for opens, closes in _spans(windows, day, zone, is_holiday))


def next_opening(
    windows: tuple[Window, ...], moment: datetime, zone: ZoneInfo, is_holiday: Callable[[date], bool]
) -> datetime:
    """The moment itself where a window is open, else the start of the next one, in UTC."""
    day = moment.astimezone(zone).date()
    for ahead in range(_LOOK_AHEAD):
        for opens, closes in _spans(windows, day + timedelta(days=ahead), zone, is_holiday):
            if moment < closes:
                return max(opens, moment.astimezone(UTC))
    raise BadInput("windows: no day within a year is open")


def wall_moment(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    """The moment of a wall time, in UTC: one that does not exist moves forward, one that exists twice is the first."""
    wall = datetime.combine(day + timedelta(days=minutes // 1440), time(minutes % 1440 // 60, minutes % 60))
    first = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if first.astimezone(zone).replace(tzinfo=None) == wall:
        return first
    return _after_gap(first, zone)


def _after_gap(moment: datetime, zone: ZoneInfo) -> datetime:
    """The end of the gap that a wall time fell into: the first minute at which the new offset holds."""
    low, high = moment - timedelta(days=1), moment
    before = low.astimezone(zone).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        if middle.astimezone(zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    return high.replace(microsecond=0)


def _spans(
    windows: tuple[Window, ...], day: date, zone: ZoneInfo, is_holiday: Callable[[date], bool]
) -> list[tuple[datetime, datetime]]:
    """The open spans of one local day, in order, in UTC."""
    if is_holiday(day):
        return []
    spans = [
        (wall_moment(day, window.opens, zone), wall_moment(day, window.closes, zone))
        for window in windows
        if day.weekday() in window.weekdays
    ]
    return sorted(span for span in spans if span[0] < span[1])


def _window(text: str) -> Window:
    found = _WINDOW.fullmatch(text)
    if not found or found["first"] not in _DAYS or (found["last"] or "mon") not in _DAYS:
        raise BadInput(f"windows: {text!r} is not days and hours, like mon-fri 08:30-17:30")
    opens, closes = _minutes(found["opens"], text), _minutes(found["closes"], text)
    if opens >= closes:
        raise BadInput(f"windows: {text!r} closes before it opens")
    first = _DAYS.index(found["first"])
    last = _DAYS.index(found["last"]) if found["last"] else first
    days = [day % 7 for day in range(first, last + 1 if last >= first else last + 8)]
    return Window(frozenset(days), opens, closes)


def _minutes(clock: str, text: str) -> int:
    hours, minutes = int(clock[:2]), int(clock[3:])
    if minutes > 59 or hours * 60 + minutes > 1440:
        raise BadInput(f"windows: {clock} in {text!r} is no time of day")
    return hours * 60 + minutes
