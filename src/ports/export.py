"""Tables that leave as files for spreadsheets."""

from datetime import date
from decimal import Decimal
from typing import Literal, Protocol

import msgspec

Format = Literal["csv", "xlsx"]
ColumnKind = Literal["text", "amount", "day", "number"]


class Column(msgspec.Struct, frozen=True):
    """A column's heading and what its cells are."""

    label: str
    kind: ColumnKind = "text"


class Amount(msgspec.Struct, frozen=True):
    """An amount cell: minor units of a currency."""

    minor: int
    currency: str


Cell = str | int | Decimal | date | Amount | None


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """One table. `notes` say what the figures are (date, currency, filters); `totals` are rows at the foot.

    `foot` are lines beneath the table of a form that has no place of its own for notes.
    """

    name: str
    columns: tuple[Column, ...]
    rows: list[tuple[Cell, ...]]
    totals: list[tuple[Cell, ...]] = []
    notes: tuple[str, ...] = ()
    foot: tuple[str, ...] = ()


class Exports(Protocol):
    """Writes a table so that no cell can act as a formula (T11)."""

    def written(self, sheet: Sheet, form: Format) -> bytes:
        """The file's content."""
        ...
