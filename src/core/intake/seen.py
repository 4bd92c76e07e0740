"""A column as its first values show it: what they could be, never what they are meant for."""

import re
from collections.abc import Callable, Sequence
from functools import cached_property

import msgspec

from relance.core.intake.amount_styles import is_amount
from relance.core.intake.cells import is_blank, parse_currency
from relance.core.intake.day_styles import DayReading, day_readings

MOST_VALUES = 2_000
_CODE = re.compile(r"[A-Za-z]{0,8}[-_/. ]?\d[\w./-]*")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_FLOAT = re.compile(r"\d+\.0+")
_FRACTION = re.compile(r":\d\d\.\d*[1-9]")


class ColumnSeen(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """A column: its name, how many rows were looked at and have a value, and its distinct values.

    `values` are stripped and none is empty; of the `distinct` ones there may be more than are listed. `first` are the
    first cells as they stand, for a person to look at.
    """

    name: str
    rows: int
    filled: int
    values: tuple[str, ...]
    distinct: int
    first: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    """The cells of the first rows, empty ones too: of two columns they stand side by side."""
    typed: frozenset[str] = frozenset()
    """Of the values those that were numbers or days in every cell: no text says how they are written."""

    @cached_property
    def telling(self) -> tuple[str, ...]:
        """Values that are more than a word for nothing."""
        return tuple(value for value in self.values if not is_blank(value))

    @property
    def written(self) -> tuple[str, ...]:
        """Telling values of which text alone says what they are."""
        return tuple(value for value in self.telling if value not in self.typed) if self.typed else self.telling

    @cached_property
    def days(self) -> DayReading:
        """How its values read as days."""
        return day_readings(self.telling)

    def share_of_days(self) -> int:
        """How many percent of the values are days in one way or another."""
        return self.days.share

    @cached_property
    def share_of_amounts(self) -> int:
        """How many percent of the values are amounts in one way or another."""
        return _share(self.telling, is_amount)

    @cached_property
    def share_of_currencies(self) -> int:
        """How many percent of the values are currencies."""
        return _share(self.telling, lambda value: parse_currency(value) is not None)

    @cached_property
    def share_of_codes(self) -> int:
        """How many percent of the values look like codes: no blanks, a digit."""
        return _share(self.telling, lambda value: _CODE.fullmatch(value) is not None)

    @cached_property
    def share_of_mails(self) -> int:
        """How many percent of the values are addresses of mail."""
        return _share(self.telling, lambda value: _MAIL.fullmatch(value) is not None)

    @cached_property
    def floats(self) -> bool:
        """Whether all values are whole numbers that a spreadsheet or a data frame wrote as `2960623488.0`."""
        return bool(self.telling) and all(_FLOAT.fullmatch(value) for value in self.telling)

    @cached_property
    def computed(self) -> bool:
        """Whether its days carry fractions of a second: somebody's arithmetic, no calendar."""
        return any(_FRACTION.search(value) for value in self.telling)


def together(columns: Sequence[ColumnSeen], more: Sequence[ColumnSeen]) -> tuple[ColumnSeen, ...]:
    """The same columns with what more rows show."""
    return tuple(_joined(one, other) for one, other in zip(columns, more, strict=True))


def _joined(one: ColumnSeen, other: ColumnSeen) -> ColumnSeen:
    values = tuple(dict.fromkeys((*one.values, *other.values)))[: MOST_VALUES * 2]
    return ColumnSeen(
        name=one.name,
        rows=one.rows + other.rows,
        filled=one.filled + other.filled,
        values=values,
        distinct=max(one.distinct, other.distinct, len(values)),
        first=one.first,
        head=one.head,
        typed=(one.typed | other.typed) - _texts(one) - _texts(other),
    )


def _texts(column: ColumnSeen) -> frozenset[str]:
    return frozenset(column.values) - column.typed


def _share(values: tuple[str, ...], fits: Callable[[str], bool]) -> int:
    return 100 * sum(1 for value in values if fits(value)) // len(values) if values else 0
