"""What differs between the records of a file and the known items: frames in, frames out, no database."""

import polars as pl

from relance.core.intake.guard import Move
from relance.core.ledger.identity import SEPARATOR
from relance.ports.store.intake import Source


def with_due(base: str) -> pl.Expr:
    """The key of an instalment: what it was before, and its own due date (A13)."""
    return pl.col(base) + SEPARATOR + pl.col("due_on").cast(pl.String)


def with_customers(records: pl.DataFrame, known: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Records with the customer's number, and customers that are not known yet (A19)."""
    by = ["entity_id", "customer_code"]
    found = records.join(known, on=by, how="left", maintain_order="left")
    seen = found.filter(pl.col("customer_id").is_null()).unique(by, keep="first", maintain_order=True).sort(by)
    named = pl.col("customer_name") if "customer_name" in seen.columns else pl.lit("")
    name = pl.when(named != "").then(named).otherwise(pl.col("customer_code"))
    new = seen.select(*by, name.alias("name"), -(pl.int_range(pl.len(), dtype=pl.Int64) + 1).alias("customer_id"))
    if new.height:
        every = pl.concat([known.select(*by, "customer_id"), new.select(*by, "customer_id")])
        found = records.join(every, on=by, how="left", maintain_order="left")
    return found.drop("customer_name", "rounded", strict=False), new


def with_keys(records: pl.DataFrame, known: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Records with their key, and numbers that had one due date so far.

    A number once seen with several due dates has the due date in its key for ever (A13).
    """
    by = ["entity_id", "base"]
    shown = records.filter(pl.col("several")).select(by).unique()
    new = shown.join(known, on=by, how="anti")
    if not known.height and not shown.height:
        return records.rename({"base": "key"}).drop("several"), new
    every = pl.concat([known, new]).with_columns(pl.lit(True).alias("dated"))
    dated = records.join(every, on=by, how="left", maintain_order="left")
    key = pl.when(pl.col("dated")).then(with_due("base")).otherwise(pl.col("base"))
    return dated.with_columns(key.alias("key")).drop("dated", "base", "several"), new


def rekeyed_items(known: pl.DataFrame, instalments: pl.DataFrame) -> pl.DataFrame:
    """Known items under the key that they have from now on; `rekeyed` where that is another."""
    if not instalments.height:
        return known.with_columns(pl.lit(False).alias("rekeyed"))
    new = instalments.select("entity_id", pl.col("base").alias("key"), pl.lit(True).alias("rekeyed"))
    known = known.join(new, on=["entity_id", "key"], how="left", maintain_order="left")
    return known.with_columns(
        pl.when(pl.col("rekeyed")).then(with_due("key")).otherwise(pl.col("key")).alias("key"),
        pl.col("rekeyed").fill_null(False),
    )


def paired(records: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """For each record the row of the known item, null for a new one.

    Joined by 64-bit hashes of the keys, three times faster than by their text; the keys of all pairs are then compared,
    and one that differs sends everything through the exact join.
    """
    key = pl.struct("entity_id", "key").hash().alias("hash")
    pairs = _joined(records.select(key), known.select(key), "hash")
    if pairs.height == records.height:
        there, places = pairs["k"].is_not_null(), pairs["k"].drop_nulls()
        if bool((records["key"].filter(there) == known["key"].gather(places)).all()):
            return pairs
    by = ["entity_id", "key"]
    return _joined(records.select(by), known.select(by), *by)


def _joined(records: pl.DataFrame, known: pl.DataFrame, *by: str) -> pl.DataFrame:
    numbered = known.with_row_index("k")
    return records.join(numbered, on=list(by), how="left", maintain_order="left").select("k")


def compared_records(
    records: pl.DataFrame, known: pl.DataFrame, pairs: pl.DataFrame, updated: tuple[str, ...]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Records that say something else than what is known, with the item's number and what was open before; and the
    number of own items for which the records say the same in other words, with the digest of these."""
    there = pairs["k"].is_not_null()
    found, places = records.filter(there), pairs["k"].drop_nulls()
    differs = pl.repeat(False, len(places), dtype=pl.Boolean, eager=True)
    for name in updated:
        differs |= found[name].ne_missing(known[name].gather(places))
    found = found.with_columns(
        known["item_id"].gather(places),
        known["open_amount"].gather(places).alias("open_before"),
        known["due_on"].gather(places).alias("due_before"),
        known["customer_id"].gather(places).alias("customer_before"),
        known["own"].gather(places),
    )
    new_digest = found["digest"].ne_missing(known["content_digest"].gather(places))
    same = found.filter(~differs & found["own"] & (found["open_amount"] != 0) & new_digest)
    return found.filter(differs), same.select("item_id", pl.col("digest").alias("content_digest"))


def stepped_items(records: pl.DataFrame, known: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """Known items for which the file names a step done elsewhere (A31)."""
    if "last_step" not in records.columns:
        return pl.DataFrame()
    there = pairs["k"].is_not_null()
    found = records.filter(there).with_columns(known["item_id"].gather(pairs["k"].drop_nulls()))
    names = [name for name in ("item_id", "customer_id", "last_step", "last_step_on") if name in found.columns]
    return found.select(names).filter(pl.col("last_step").is_not_null())


def move_of(
    repeated: pl.DataFrame,
    own: pl.DataFrame,
    new: pl.DataFrame,
    changed: pl.DataFrame,
    absent: pl.DataFrame,
    source: Source | None,
    unreadable: int,
) -> Move:
    """What the snapshot would do to what is open at its source, for the guard (A6)."""
    before, sizes, counts = _opened_by_currency([repeated, own])
    after = dict(before)
    mine = changed.filter(pl.col("own"))
    for sums, sign in (
        (_sums(new, "open_amount"), 1),
        (_sums(mine, "open_amount"), 1),
        (_sums(mine, "open_before"), -1),
        (_sums(absent, "open_before"), -1),
    ):
        for currency, amount in sums.items():
            after[currency] = after.get(currency, 0) + sign * amount
    grows = pl.col("open_amount").abs() - pl.col("open_before").abs()
    return Move(
        open_items=repeated.height + own.height,
        absent_items=absent.height,
        open_before=before,
        absent_size=_sums(absent.with_columns(pl.col("open_before").abs()), "open_before"),
        open_size=sizes,
        open_after=after,
        open_counts=counts,
        grown=_sums(mine.filter(pl.col("open_before") != 0).with_columns(grows.clip(0).alias("grown")), "grown"),
        first=source is None or source.last_good_at is None,
        unreadable=unreadable,
    )


def _opened_by_currency(frames: list[pl.DataFrame]) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    """The sums of what is open, of its sizes, and how many items; those in one currency are not grouped."""
    opened = pl.concat([frame.select("currency", "open_amount") for frame in frames])
    if opened.height and (opened["currency"] == opened["currency"][0]).all():
        amounts, name = opened["open_amount"], opened["currency"][0]
        return {name: int(amounts.sum())}, {name: int(amounts.abs().sum())}, {name: opened.height}
    amount = pl.col("open_amount")
    sums = opened.group_by("currency").agg(amount.sum().alias("sum"), amount.abs().sum().alias("size"), pl.len())
    rows = list(sums.iter_rows())
    return {row[0]: row[1] for row in rows}, {row[0]: row[2] for row in rows}, {row[0]: row[3] for row in rows}


def _sums(frame: pl.DataFrame, column: str) -> dict[str, int]:
    return {name: int(total) for name, total in frame.group_by("currency").agg(pl.col(column).sum()).iter_rows()}
