"""Rows that no word tells from others, yet are the sum of those above or below them: they hold no day of their own."""

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from relance.plugins import TYPED
from relance.plugins.importers.shapes import shape_of

Part = Literal["row", "total", "heading"]
_NUMBER = re.compile(r"\(?[-+]?\d[\d.,'\s]*[-+]?\)?")
_CENTS = re.compile(r"[.,](\d{1,2})$")
_AROUND = re.compile(r"[A-Z]{3}|[$€£¥\u20b9\u20aa\u20ba]|(?<=\d)\s*(?:DR|Dr|S|D)$")
_CREDIT = re.compile(r"(?<=\d)\s*(?:CR|Cr|H|C|A)$")
_MOST_DAYS, _LONGEST = 4, 40
_FEWER = 2
"""So many cells that every row has, a day among them, a sum has not."""
Amounts = dict[int, int]


class _Row(NamedTuple):
    """`whole` rows are items; one that is `named` has all that items have but days, and can only be a heading."""

    whole: bool
    named: bool
    amounts: Amounts


def day_places(rows: Sequence[Sequence[str]]) -> tuple[int, ...]:
    """The columns that hold days in nearly all rows that have any day: a row without them all is no item."""
    dated = [days for row in rows if (days := {place for place, cell in enumerate(row) if is_day(cell)})]
    if not dated or 3 * len(dated) < len(rows):
        return ()
    counts = {place: sum(place in days for days in dated) for place in set().union(*dated)}
    return tuple(place for place, count in sorted(counts.items()) if 10 * count >= 9 * len(dated))[:_MOST_DAYS]


def parts_of(rows: Sequence[Sequence[str]], days: Sequence[int]) -> list[Part]:
    """What each row is; one that lacks what others have, a day above all, is a row unless its numbers are a sum."""
    parts: list[Part] = ["row"] * len(rows)
    seen = _seen(rows, days)
    above, whole, last = Amounts(), Amounts(), Amounts()
    for place, row in enumerate(seen):
        if row.whole:
            _add(above, row.amounts)
            _add(whole, row.amounts)
            last = row.amounts
        elif not row.named and (_agree(row.amounts, above, last) or _agree(row.amounts, whole, last)):
            parts[place], above = "total", {}
        elif _agree(row.amounts, _below(seen, place), {}):
            parts[place], above = "heading", {}
    return parts


def minor_of(cell: str) -> int | None:
    """The number of a cell in hundredths, however it is written; None for no number."""
    text = cell.strip().removeprefix(TYPED)
    if not text or len(text) > _LONGEST or not any(map(str.isdigit, text)):
        return None
    credit = _CREDIT.search(text) is not None
    text = _AROUND.sub("", _CREDIT.sub("", text)).strip()
    if not _NUMBER.fullmatch(text):
        return None
    negative = credit or "-" in text or text.startswith("(")
    bare = text.strip("()+- ")
    cents = _CENTS.search(bare)
    digits = "".join(filter(str.isdigit, bare[: cents.start()] if cents else bare))
    size = int(digits or 0) * 100 + (int(cents[1].ljust(2, "0")) if cents else 0)
    return -size if negative else size


def is_day(cell: str) -> bool:
    """Whether a cell is written like a day, or was one in its sheet."""
    return shape_of(cell.removeprefix(TYPED)) == "day"


def _seen(rows: Sequence[Sequence[str]], days: Sequence[int]) -> list[_Row]:
    """The rows with the numbers of the columns in which one that may be a sum has one."""
    if not days:
        return []
    always = _always([row for row in rows if _has_day(row, days)])
    whole = [_has_day(row, days) or _lacks(row, always) < _FEWER for row in rows]
    thin = [row for row, is_whole in zip(rows, whole, strict=True) if not is_whole]
    places = sorted({place for row in thin for place, cell in enumerate(row) if minor_of(cell) is not None})
    if not places:
        return []
    others = [place for place in always if place not in days]
    return [
        _Row(is_whole, not _lacks(row, others), _amounts(row, places))
        for row, is_whole in zip(rows, whole, strict=True)
    ]


def _always(rows: Sequence[Sequence[str]]) -> list[int]:
    """The columns in which nearly every row with a day has something."""
    width = max(map(len, rows), default=0)
    filled = [sum(1 for row in rows if place < len(row) and row[place].strip()) for place in range(width)]
    return [place for place, count in enumerate(filled) if 20 * count >= 19 * len(rows)]


def _lacks(row: Sequence[str], always: Sequence[int]) -> int:
    return sum(1 for place in always if place >= len(row) or not row[place].strip())


def _has_day(row: Sequence[str], days: Sequence[int]) -> bool:
    return any(place < len(row) and row[place].strip() for place in days)


def _amounts(row: Sequence[str], places: Sequence[int]) -> Amounts:
    found = ((place, minor_of(row[place])) for place in places if place < len(row))
    return {place: minor for place, minor in found if minor is not None}


def _add(to: Amounts, amounts: Amounts) -> None:
    for place, minor in amounts.items():
        to[place] = to.get(place, 0) + minor


def _agree(told: Amounts, summed: Amounts, last: Amounts) -> bool:
    """Whether the numbers are the sums of their columns, as far as these have any, and one is not nought.

    A code beside them, which the `last` row has too, is no sum.
    """
    both = [place for place in told if place in summed]
    right = [place for place in both if told[place] == summed[place]]
    wrong = [place for place in both if told[place] not in (summed[place], last.get(place))]
    return any(told[place] for place in right) and not wrong


def _below(seen: Sequence[_Row], place: int) -> Amounts:
    """The sums of the rows that follow, up to the next row without a day."""
    sums: Amounts = {}
    for row in _until(seen, place + 1):
        _add(sums, row.amounts)
    return sums


def _until(seen: Sequence[_Row], start: int) -> Iterator[_Row]:
    for row in seen[start:]:
        if not row.whole:
            return
        yield row
