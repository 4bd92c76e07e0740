"""What a difference of items does by amount: sums in columns, and names only for the largest cases."""

import polars as pl
from sqlalchemy import Connection

from relance.core.intake.effects import EXAMPLES, Case, Deed, Effect
from relance.core.intake.reports import Counts
from relance.core.kernel.identifiers import TenantId

_NAMES = ("customer_code", "number", "currency", "open_before", "open_amount")


def effects_of(
    connection: Connection,
    tenant: TenantId,
    new: pl.DataFrame,
    changed: pl.DataFrame,
    absent: pl.DataFrame,
    kept: pl.DataFrame,
) -> dict[Deed, Effect]:
    """One effect for each deed that concerns any item."""
    ends, begins = pl.col("open_amount") == 0, pl.col("open_before") == 0
    nothing, as_before = pl.lit(0, dtype=pl.Int64), pl.col("open_before")
    pieces: dict[Deed, list[pl.DataFrame]] = {
        "new": [new.with_columns(nothing.alias("open_before"))],
        "changed": [changed.filter(~(ends & ~begins) & ~(begins & ~ends))],
        "settled": [absent.with_columns(nothing.alias("open_amount")), changed.filter(ends & ~begins)],
        "reopened": [changed.filter(begins & ~ends)],
        "kept": [kept.with_columns(as_before.alias("open_amount"))],
    }
    found = {deed: _effect(connection, tenant, frames) for deed, frames in pieces.items()}
    return {deed: effect for deed, effect in found.items() if effect.count}


def counts_of(effects: dict[Deed, Effect], total: int, touched: int, customers: int) -> Counts:
    """How many accepted rows (`total`) did what; `touched` of them are new or say something else than before."""
    counts = {deed: effect.count for deed, effect in effects.items()}
    return Counts(unchanged=total - touched, new_customers=customers, **counts)


def _effect(connection: Connection, tenant: TenantId, frames: list[pl.DataFrame]) -> Effect:
    amounts = pl.concat([frame.select("currency", "open_before", "open_amount") for frame in frames])
    sums = amounts.group_by("currency").agg(pl.col("open_before").sum(), pl.col("open_amount").sum()).sort("currency")
    cases = [case for frame in frames for case in _largest(connection, tenant, frame)]
    cases.sort(key=lambda case: (-abs(case.after - case.before), -abs(case.before), case.customer, case.number))
    return Effect(
        count=amounts.height,
        before={currency: before for currency, before, _ in sums.iter_rows() if before},
        after={currency: after for currency, _, after in sums.iter_rows() if after},
        largest=tuple(cases[:EXAMPLES]),
    )


def _largest(connection: Connection, tenant: TenantId, frame: pl.DataFrame) -> list[Case]:
    if not frame.height:
        return []
    move = (pl.col("open_amount") - pl.col("open_before")).abs()
    few = frame.top_k(EXAMPLES, by=[move, pl.col("open_before").abs()])
    if "customer_code" not in few.columns or "number" not in few.columns:
        few = _named(connection, tenant, few.select("item_id", "currency", "open_before", "open_amount"))
    return [Case(*row) for row in few.select(_NAMES).iter_rows()]


def _named(connection: Connection, tenant: TenantId, few: pl.DataFrame) -> pl.DataFrame:
    """The codes and numbers of some known items."""
    numbers = ",".join(str(item) for item in few["item_id"].to_list())
    rows = connection.exec_driver_sql(
        "select i.item_id, c.code, i.number from items i join customers c on c.tenant_id = i.tenant_id "
        f"and c.customer_id = i.customer_id where i.tenant_id = {tenant} and i.item_id in ({numbers})"
    )
    schema = {"item_id": pl.Int64, "customer_code": pl.String, "number": pl.String}
    return few.join(pl.DataFrame([tuple(row) for row in rows], schema=schema, orient="row"), on="item_id")
