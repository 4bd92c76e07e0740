"""Rows that say of an open item what its last file said: known by one number of their cells, and not read again."""

import zlib
from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec
import polars as pl

from relance.adapters.intake.options import OF_LINKS, OF_TEXT
from relance.core.intake.controls import CONTROLS
from relance.core.intake.unknown_customers import OPTION as CREATE_CUSTOMERS
from relance.core.ledger.items import CREDIT_TYPES
from relance.ports.intake import OpenRows, PassedOver, Plan

_READING = 2
"""Grows when the same cells come to mean something else."""
_MEANINGLESS = (*OF_TEXT, *OF_LINKS, CREATE_CUSTOMERS, *CONTROLS)
"""Options that change nothing of what the cells of an item mean."""
_FACTOR = pl.lit(0x9E3779B97F4A7C15, dtype=pl.UInt64)
"""Odd, so that each column's own 64 bits stay whole in the sum; the product wraps."""


class Parted(NamedTuple):
    """One batch, its repeated rows set apart."""

    others: pl.DataFrame
    """Rows that must be read."""
    digests: pl.Series
    """Their numbers."""
    places: pl.Series
    """Where the repeated rows stand among the open items."""
    coded: pl.DataFrame
    """The customer codes of the repeated rows."""


class Repeats:
    """Numbers the rows of one file, and tells which of them the store knows.

    Only equal numbers say something. A number covers the cells of all mapped columns and everything that gives them
    their meaning; with another mapping or option, or another version of polars, the numbers differ and the rows are
    read. The store forgets a number when anything but its file changes an item.
    """

    def __init__(self, plan: Plan, mapping: dict[str, str], opened: Callable[[], OpenRows | None]) -> None:
        self._opened, self._code = opened, mapping["customer_code"]
        self._columns = list(dict.fromkeys(mapping[name] for name in sorted(mapping)))
        options = {name: value for name, value in plan.options.items() if name not in _MEANINGLESS}
        meaning: list[Any] = [_READING, plan.currency, *map(sorted, (mapping.items(), options.items()))]
        self._seed = zlib.crc32(msgspec.json.encode([*meaning, sorted(plan.known.get("entity", {}).items())]))
        self._signed, self._alone = "signs" in options, "due" not in options

    def parted(self, table: pl.DataFrame) -> Parted:
        """The rows of a batch that must be read, and what is known of the others."""
        digests = self._digests(table)
        opened = self._opened()
        if opened is None or opened.items.is_empty():
            nowhere = pl.Series([], dtype=pl.UInt32)
            return Parted(table, digests, nowhere, table.clear())
        known, ordered = opened.items["content_digest"], digests.sort()
        places = _found(ordered, known)
        same = known.gather(places) == ordered
        others = digests.is_in(ordered.filter(~same).implode())
        return Parted(table.filter(others), digests.filter(others), places.filter(same), self._coded(table, ~others))

    def _coded(self, table: pl.DataFrame, known: pl.Series) -> pl.DataFrame:
        """The known rows with their codes; where no column holds one, the first is enough."""
        if self._code not in table.columns:
            return table.select("line").filter(known).head(1)
        return table.select("line", self._code).filter(known)

    def passed_over(self, places: list[pl.Series]) -> PassedOver | None:
        """What all repeated rows together say."""
        opened, rows = self._opened(), sum(len(some) for some in places)
        if opened is None or not rows:
            return None
        same = pl.repeat(False, opened.items.height, eager=True).scatter(pl.concat(places), True)
        items, left = opened.items.filter(same), opened.items.filter(~same)
        return PassedOver(ledger=opened.ledger, rows=rows, items=items, left=left)

    def kept(self, records: pl.DataFrame, digests: pl.Series) -> pl.DataFrame:
        """Records with the numbers by which they may be known next time.

        None for a row that says more than its item keeps: that it was rounded, a step done elsewhere, or a sign that
        a question may be asked about; and for all rows where the terms of customers say something, too.
        """
        more = pl.col("rounded") if self._alone else pl.lit(True)
        if "last_step" in records.columns:
            more |= pl.col("last_step").is_not_null()
        if not self._signed:
            more |= pl.col("type").is_in(list(CREDIT_TYPES))
        return records.with_columns(pl.when(more).then(None).otherwise(digests).alias("digest"))

    def _digests(self, table: pl.DataFrame) -> pl.Series:
        """A number for each row, never zero."""
        whole = pl.lit(self._seed, dtype=pl.UInt64)
        for name in filter(table.columns.__contains__, self._columns):
            whole = whole * _FACTOR + pl.col(name).hash(self._seed)
        return table.select((whole | 1).reinterpret(signed=True).alias("digest")).to_series()


def _found(ordered: pl.Series, known: pl.Series) -> pl.Series:
    """Where each number would stand among the known ones: both are in order, and one pass over them is the fastest."""
    wanted = ordered.alias("digest").set_sorted().to_frame()
    places = known.alias("digest").set_sorted().to_frame().with_row_index("place")
    return wanted.join_asof(places, on="digest", strategy="forward")["place"].fill_null(len(known) - 1)


def first_of_each(cells: pl.Series) -> pl.Series:
    """Which rows are the first with their cell, told by hashes, which is six times faster than by text."""
    return cells.hash().is_first_distinct()
