"""What the rows of a file say together: twins, signs, sums, and codes that differ in their zeros."""

import polars as pl

from relance.adapters.intake.items import STATED
from relance.adapters.intake.words import words_for
from relance.core.intake.mapping import Question
from relance.core.intake.reports import Note
from relance.ports.importers import Rejected
from relance.ports.intake import PassedOver


def any_twice(records: pl.DataFrame, key: tuple[str, ...]) -> bool:
    """Whether two rows may have the same key, by their hashes: certain where the answer is no, which is usual."""
    hashes = pl.sum_horizontal(pl.col(name).hash(place) for place, name in enumerate(key))
    return int(records.select(hashes.n_unique()).item()) < records.height


def twin(row: dict[str, object], column: str) -> Rejected:
    """The error of a row that repeats the identity of another, whose line it cites (A13)."""
    value = next((str(row[name]) for name in ("number", "code", "email", "name") if row.get(name)), "")
    words = words_for("duplicate-identity", other=row["other"])
    line = int(str(row["line"]))
    return Rejected(line=line, column=column, value=value, code="duplicate-identity", message=words)


def ask_signs(types: list[str]) -> Question:
    """What to ask where a type that is always a credit stands with both signs."""
    return Question(
        code="both-signs",
        column="amount",
        choices=("signs=negative", "signs=file"),
        message=f"the file writes {' and '.join(types)} with both signs; --option signs=negative makes all of them "
        "credits, --option signs=file keeps each sign (a reversal adds to the balance)",
    )


def repeated_sums(passed_over: PassedOver | None) -> pl.DataFrame:
    """By currency what the repeated rows say: their items are open, so that is what is stated."""
    if not passed_over:
        return pl.DataFrame(schema={"currency": pl.String, "sum": pl.Int128})
    return _by_currency(passed_over.items.select("currency", pl.col("open_amount").alias("sum")))


def sums(records: pl.DataFrame, repeated: pl.DataFrame) -> dict[str, int]:
    """By currency the control sum of what was accepted, in minor units: what the file states, repeated rows with it."""
    value = next((name for name in (STATED, "open_amount") if name in records.columns), "amount")
    if value not in records.columns or "currency" not in records.columns:
        return {}
    accepted = _by_currency(records.select("currency", pl.col(value).alias("sum")))
    sums = pl.concat([accepted, repeated]).group_by("currency").agg(pl.col("sum").sum())
    return {currency: int(total) for currency, total in sums.sort("currency").iter_rows()}


def _by_currency(frame: pl.DataFrame) -> pl.DataFrame:
    """Most files have one currency: then nothing is grouped."""
    total = pl.col("sum").cast(pl.Int128).sum()
    if frame.height and (frame["currency"] == frame["currency"][0]).all():
        return frame.select(pl.col("currency").first(), total)
    return frame.group_by("currency").agg(total)


def notes(records: pl.DataFrame, more: pl.Series) -> tuple[Note, ...]:
    """How many customer codes differ only in leading zeros: they are different accounts (A19)."""
    name = next((name for name in ("customer_code", "code") if name in records.columns), None)
    if name is None or records.schema[name] != pl.String:
        return ()
    codes = records[name].alias("code").append(more).unique().to_frame()
    alike = codes.with_columns(pl.col("code").str.strip_chars_start("0").alias("bare"))
    alike = alike.filter(pl.len().over("bare") > 1).sort("bare", "code")
    if alike.is_empty():
        return ()
    return (Note("leading-zeros", alike.height, tuple(alike["code"].head(6).to_list())),)
