"""Payments on account that their ERP gave no number: they get one, the same every time."""

import polars as pl

from relance.adapters.intake.batch import Batch
from relance.core.intake.reports import Note
from relance.core.kernel.days import day_of
from relance.core.kernel.money import decimal_text

_SAME = ("entity_id", "customer_code", "type", "issued_on", "currency", "amount")
_ROW, _MADE = "\0row", "\0made"
_SHOWN = 6


def refuse_unnumbered(batch: Batch) -> None:
    """Every other item must have its number: people cite it. Only what the file itself calls a payment may lack one."""
    bare = batch.columns["number"] == ""
    batch.refuse(bare & (batch.columns["type"] != "payment") if batch.has("type") else bare, "number", "missing-value")


def numbered(records: pl.DataFrame, base: pl.Expr) -> tuple[pl.DataFrame, tuple[Note, ...]]:
    """Day and amount as the number, and a rank among payments of which all is equal: they mean the same in any order.

    `base` makes the identity anew. What the row was known by does not hold for several that are alike.
    """
    bare = records["number"] == ""
    if not bare.any():
        return records, ()
    records = records.with_row_index(_ROW)
    few = records.filter(bare).with_columns((pl.int_range(pl.len()).over(_SAME) + 1).alias("rank"))
    texts = [_number(*row) for row in few.select("issued_on", "amount", "currency", "rank").iter_rows()]
    made = few.select(_ROW, pl.Series(_MADE, texts, dtype=pl.String))
    records = records.join(made, on=_ROW, how="left", maintain_order="left")
    is_made = pl.col(_MADE).is_not_null()
    records = records.with_columns(pl.coalesce(_MADE, "number").alias("number"))
    records = records.with_columns(pl.when(is_made).then(base).otherwise(pl.col("base")).alias("base"))
    if "digest" in records.columns:
        records = records.with_columns(pl.when(is_made).then(None).otherwise(pl.col("digest")).alias("digest"))
    return records.drop(_ROW, _MADE), (Note("numbers-made", len(texts), tuple(texts[:_SHOWN])),)


def _number(issued_on: int, amount: int, currency: str, rank: int) -> str:
    number = f"{day_of(issued_on):%Y%m%d}-{decimal_text(abs(amount), currency)}"
    return number if rank == 1 else f"{number}-{rank}"
