"""What a file repeats of the open items: found by one number an item, so that only the rest is read and compared."""

import zlib

import msgspec
import polars as pl

_FACTOR = pl.lit(0x9E3779B97F4A7C15, dtype=pl.UInt64)
"""Odd, so that each column's own 64 bits stay whole in the sum; the product wraps."""


class Repeated(msgspec.Struct, frozen=True, kw_only=True):
    """Records that say of an open item exactly what its last file said, and what remains."""

    records: pl.DataFrame
    """The repeated ones, each with its item."""
    others: pl.DataFrame
    """Records that must be compared in full."""
    left: pl.DataFrame
    """The numbers of open items that no record repeats."""
    open_items: int


def content_digest(records: pl.DataFrame, updated: tuple[str, ...]) -> pl.Series:
    """A number of the key and of all columns that the file fills; never zero, which stands for an unknown one.

    Only equal numbers say something. Where the file fills other columns, or another version of polars computes others,
    the numbers differ and the items are compared in full. Whatever else changes an imported column forgets the number.
    """
    seed = zlib.crc32(" ".join(updated).encode())
    whole = pl.col("key").hash(seed)
    for name in ("entity_id", *updated):
        whole = whole * _FACTOR + pl.col(name).hash(seed)
    return records.select((whole | 1).reinterpret(signed=True).alias("content_digest")).to_series()


def repeated(records: pl.DataFrame, digests: pl.Series, opened: pl.DataFrame) -> Repeated:
    """Part the records by their digests and those of the open items (`item_id`, `open_before`, `content_digest`).

    What is open is compared as well: it is what payments change.
    """
    found = records.select("open_amount", digests).join(opened, on="content_digest", how="left", maintain_order="left")
    if found.height != records.height:  # two items with one number: it says nothing
        return Repeated(records=_same(records.clear()), others=records, left=opened, open_items=opened.height)
    same = found.select((pl.col("open_amount") == pl.col("open_before")).fill_null(False)).to_series()
    items = found["item_id"].filter(same)
    return Repeated(
        records=_same(records).filter(same).with_columns(items.alias("item_id")),
        others=records.filter(~same),
        left=opened.join(items.to_frame(), on="item_id", how="anti"),
        open_items=opened.height,
    )


def _same(records: pl.DataFrame) -> pl.DataFrame:
    """What is still asked of a repeated record: its sums, and a step done elsewhere (A31)."""
    names = ("customer_id", "currency", "open_amount", "last_step", "last_step_on")
    return records.select(name for name in names if name in records.columns)
