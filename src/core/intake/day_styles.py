"""How a column writes its days: the patterns that read all of them, and whether two of them disagree."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from relance.core.intake.cells import ISO, SERIAL, parse_day
from relance.core.intake.digits import plain_digits
from relance.core.intake.foreign_days import BUDDHIST, ERA, REIWA, may_be_foreign, may_be_short

_SHORT = (
    *(f"%d{mark}%m{mark}{year}" for year in ("%Y", "%y") for mark in "/-. "),
    *(f"%m{mark}%d{mark}{year}" for year in ("%Y", "%y") for mark in "/-"),
    *(f"%Y{mark}%m{mark}%d" for mark in "/.-"),
    "%d. %m. %Y",
    "%d.%m.%Y.",
    "%d. %m. %Y.",
    "%Y.%m.%d.",
    "%Y. %m. %d.",
)
_LONG = (
    *(f"%d{mark}%b{mark}{year}" for year in ("%Y", "%y") for mark in "-/ ."),
    "%b %d, %Y",
    "%b %d %Y",
    "%d %b, %Y",
    "%d. %b %Y",
)
_YEARS_FULL = tuple(pattern for pattern in (*_SHORT, *_LONG) if "%Y" in pattern)
_OTHERS = ("%d%m%Y", "%m%d%Y", "%Y\u5e74%m\u6708%d\u65e5", "%d%m%y", "%m%d%y", "%y%m%d")
_SIX = ("%d%m%y", "%m%d%y", "%y%m%d")
_YEAR_FIRST = ("%y/%m/%d", "%y-%m-%d", "%y.%m.%d")
_SHORT_BUDDHIST = tuple(f"{BUDDHIST}%d{mark}%m{mark}%y" for mark in "/-.")
_MOST_YEARS, _FEW_YEARS, _ENOUGH_DAYS = 8, 2, 4
"""What people owe was issued and falls due within so many years; two digits read the wrong way spread over more."""
_LIKELY_YEARS = range(2012, 2050)
"""Of which two digits of a year are, where nothing else can be told of them."""
_SERIALS = range(30_000, 60_000)
_ENOUGH = 5
_FEW = 40


class DayReading(msgspec.Struct, frozen=True, kw_only=True):
    """`share` is the percent of the values that `patterns` read; `rivals` read as many, and some as another day.

    `example` is a value that the rivals read differently.
    """

    share: int = 0
    patterns: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()
    example: str = ""


def day_readings(values: Sequence[str]) -> DayReading:
    """How these distinct values read as days; a column may mix two ways, if each value fits only one."""
    rest, chosen = list(values), list[str]()
    rivals: tuple[str, ...] = ()
    example = ""
    while rest and len(chosen) < 3:
        best = _best(rest)
        if not best or (chosen and len(best[0][1]) < min(3, len(rest))):
            break
        pattern, read = best[0]
        chosen.append(pattern)
        differing = [(other, _different(read, days)) for other, days in best[1:]]
        rivals = rivals or tuple(other for other, where in differing if where)
        example = example or next((where for _, where in differing if where), "")
        rest = [value for value in rest if value not in read]
    share = 100 * (len(values) - len(rest)) // len(values) if values else 0
    return DayReading(share=share, patterns=tuple(chosen), rivals=rivals, example=example)


def agreed(readings: Sequence[DayReading]) -> DayReading:
    """All day columns of a file together: what is open in one may be plain from another, for a file has one way."""
    patterns = list(
        dict.fromkeys(pattern for reading in readings for pattern in reading.patterns if not reading.rivals)
    )
    open_ones = [reading for reading in readings if reading.rivals]
    for reading in open_ones:
        choices = (*reading.patterns, *reading.rivals)
        if not any(choice in patterns for choice in choices):
            return DayReading(share=100, patterns=choices[:1], rivals=choices[1:], example=reading.example)
    both = {swapped(pattern) for pattern in patterns} & set(patterns)
    if both:
        example = next((reading.example for reading in open_ones), "")
        return DayReading(share=100, patterns=tuple(sorted(both))[:1], rivals=tuple(sorted(both))[1:], example=example)
    return DayReading(share=100, patterns=tuple(sorted(patterns, key=lambda pattern: pattern != ISO)))


def swapped(pattern: str) -> str:
    """The same pattern with day and month the other way round, or nothing."""
    if "%d" not in pattern or "%m" not in pattern or "%Y%m" in pattern:
        return ""
    return pattern.replace("%d", "\0").replace("%m", "%d").replace("\0", "%m")


def _best(values: list[str]) -> list[tuple[str, dict[str, date]]]:
    """Patterns that read most of the values, in our order; nothing where that is few."""
    few = values[:_FEW]
    likely = [pattern for pattern in _candidates(few) if any(_read(value, pattern) for value in few)]
    found = [(pattern, {value: day for value in values if (day := _read(value, pattern))}) for pattern in likely]
    most = max((len(days) for _, days in found), default=0)
    if not most or most * _ENOUGH < len(values):
        return []
    best = [(pattern, days) for pattern, days in found if len(days) == most]
    return _likely(best)


def _likely(best: list[tuple[str, dict[str, date]]]) -> list[tuple[str, dict[str, date]]]:
    """Of patterns with two digits for the year those that come to likely years; the year stands first only then."""
    usual = [one for one in best if one[0] not in _YEAR_FIRST and one[0] != REIWA]
    near = [one for one in usual if one[0] not in _SIX or _years(one[1].values()) <= _MOST_YEARS] or usual
    likely = [one for one in near if "%y" not in one[0] or _are_likely(one[1].values())]
    if likely or not best:
        return likely
    others = [one for one in best if one not in usual and _varies_by_day(one[1].values())]
    sure = [one for one in others if _are_likely(one[1].values())]
    plainly = [one for one in sure if one[0] != REIWA and len(one[1]) >= _ENOUGH_DAYS]
    return plainly or [*near, *sure]


def _are_likely(days: Iterable[date]) -> bool:
    days = tuple(days)
    return all(day.year in _LIKELY_YEARS for day in days) and _years(days) <= _MOST_YEARS


def _varies_by_day(days: Iterable[date]) -> bool:
    """Whether there are few years and more days of the month, as in a list of what is open."""
    days = tuple(days)
    years = len({day.year for day in days})
    return years <= min(_FEW_YEARS, len({day.day for day in days}))


def _years(days: Iterable[date]) -> int:
    years = [day.year for day in days]
    return max(years) - min(years)


def _candidates(few: list[str]) -> tuple[str, ...]:
    text = plain_digits(" ".join(few))
    reiwa, short = may_be_short([plain_digits(value) for value in few])
    if reiwa or short:
        return _plain_candidates(text) + ((REIWA,) if reiwa else ()) + (_SHORT_BUDDHIST if short else ())
    eras, buddhist = may_be_foreign(text)
    if eras or buddhist:
        return ((ERA,) if eras else ()) + _plain_candidates(text) + tuple(f"{BUDDHIST}{one}" for one in _YEARS_FULL)
    return _plain_candidates(text)


def _plain_candidates(text: str) -> tuple[str, ...]:
    if not any(char.isdigit() for char in text):
        return ()
    if re.search(r"[^\W\d_]{3,}", text):
        return (ISO, *_LONG, *_SHORT)
    return (ISO, SERIAL, *_SHORT, *_OTHERS, *_YEAR_FIRST)


def _read(value: str, pattern: str) -> date | None:
    if pattern == SERIAL:
        head = re.split(r"[.,]", value)[0]
        if not head.isdecimal() or int(head) not in _SERIALS:
            return None
    if pattern in {"%d%m%Y", "%m%d%Y"} and not re.fullmatch(r"\d{8}", value):
        return None
    if pattern in _SIX and not re.fullmatch(r"\d{6}", value):
        return None
    return parse_day(value, (pattern,))


def _different(read: dict[str, date], others: dict[str, date]) -> str:
    return next((value for value, day in read.items() if value in others and others[value] != day), "")
