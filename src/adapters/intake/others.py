"""Customers, contacts, payments and users out of typed columns."""

import polars as pl

from relance.adapters.intake.batch import Batch
from relance.adapters.intake.vectors import Distinct
from relance.core.intake.fields import CUSTOM, FIELDS, Kind
from relance.core.kernel.addresses import is_mailbox

IDENTITY: dict[str, tuple[str, ...]] = {
    "customers": ("entity_id", "code"),
    "contacts": ("customer_code", "natural"),
    "users": ("email", "customer_code"),
}
"""What makes two rows of a file the same thing; payments are compared in the store (A20)."""


_TEXTS = ("number", "reference", "payer", "text")
"""Fields of payments that may be left out."""


def other_columns(batch: Batch, kind: Kind, mapping: dict[str, str], currency: str, entity: int) -> pl.DataFrame:
    """The records of one batch, bad rows included (the caller filters by `batch.good()`)."""
    for field in FIELDS[kind]:
        if field.name in mapping:
            batch.read(field)
    columns = batch.columns
    columns["rounded"] = batch.rounded
    frame = pl.DataFrame([series.alias(name) for name, series in columns.items()])
    if kind == "customers":
        return _customers(frame, batch, mapping, entity)
    if kind == "contacts":
        return _contacts(frame)
    if kind == "users":
        return _users(frame, batch)
    return _payments(frame, batch, currency)


def _customers(frame: pl.DataFrame, batch: Batch, mapping: dict[str, str], entity: int) -> pl.DataFrame:
    of_row = pl.col("entity").fill_null(entity) if "entity" in frame.columns else pl.lit(entity, dtype=pl.Int64)
    frame = frame.with_columns(of_row.alias("entity_id")).drop("entity", strict=False)
    own = [name for name in mapping if name.startswith(CUSTOM)]
    if not own:
        return frame
    cells = pl.struct(*(batch.text(name).alias(name.removeprefix(CUSTOM)) for name in own))
    return frame.with_columns(cells.struct.json_encode().alias("custom"))


def _contacts(frame: pl.DataFrame) -> pl.DataFrame:
    """The natural key is the address, else the name."""
    by_name = pl.lit("\0") + pl.col("name").str.to_lowercase()
    if "email" not in frame.columns:
        return frame.with_columns(by_name.alias("natural"))
    email = pl.col("email").str.to_lowercase()
    return frame.with_columns(pl.when(email != "").then(email).otherwise(by_name).alias("natural"))


def _payments(frame: pl.DataFrame, batch: Batch, currency: str) -> pl.DataFrame:
    frame = _came_in(frame, batch)
    batch.refuse(frame["amount"] == 0, "amount", "bad-amount")
    of_row = pl.col("currency").fill_null(currency) if "currency" in frame.columns else pl.lit(currency)
    texts = [pl.lit("").alias(name) for name in _TEXTS if name not in frame.columns]
    frame = frame.with_columns(of_row.alias("currency"), *texts)
    if "customer_code" not in frame.columns:
        frame = frame.with_columns(pl.lit(None, dtype=pl.Int64).alias("customer_code"))
    if not batch.has("customer_code"):
        batch.refuse(frame["amount"] < 0, "amount", "money-out")
    silent = (frame["payer"] == "") & (frame["text"] == "")
    batch.refuse(frame["customer_code"].is_null() & silent, "customer_code", "missing-value")
    return frame


def _came_in(frame: pl.DataFrame, batch: Batch) -> pl.DataFrame:
    """The amount of a list with a column for what came in and, perhaps, one for what went out, with any sign."""
    if "amount" not in frame.columns:
        frame = frame.with_columns(pl.col("credit").alias("amount"))
    if "debit" in frame.columns:
        batch.refuse(frame["debit"].fill_null(0) != 0, "debit", "money-out")
    field = next(name for name in ("amount", "credit") if batch.has(name))
    batch.refuse(frame["amount"].is_null(), field, "missing-value")
    return frame.drop("debit", "credit", strict=False)


def _users(frame: pl.DataFrame, batch: Batch) -> pl.DataFrame:
    """One row a user and customer; an address is compared without case."""
    frame = frame.with_columns(pl.col("email").str.to_lowercase())
    batch.refuse(~_MAILBOX(frame["email"]) & (frame["email"] != ""), "email", "bad-email")
    missing = {"customer_code": pl.Int64, "role": pl.String, "active": pl.Boolean}
    empty = [pl.lit(None, dtype=dtype).alias(name) for name, dtype in missing.items() if name not in frame.columns]
    return frame.with_columns(*empty)


_MAILBOX = Distinct(is_mailbox, pl.Boolean)
