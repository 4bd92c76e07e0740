"""Codes of steps, as a file names them, into the step numbers of each account's own scenario (A31)."""

import polars as pl
from sqlalchemy import Connection, select

from relance.adapters.store.bulk import fetch
from relance.adapters.store.tables.collection import scenarios
from relance.core.kernel.identifiers import TenantId


def step_codes(connection: Connection, tenant: TenantId) -> pl.DataFrame:
    """Scenario, step code and step number, of every scenario of the tenant."""
    query = select(scenarios.c.code, scenarios.c.definition).where(scenarios.c.tenant_id == tenant)
    rows = [
        (row.code, step["code"], number)
        for row in connection.execute(query)
        for number, step in enumerate(row.definition.get("steps", ()), 1)
    ]
    return pl.DataFrame(
        rows, schema={"scenario": pl.String, "last_step": pl.String, "step_done": pl.Int64}, orient="row"
    )


def step_numbers(connection: Connection, tenant: TenantId, items: pl.DataFrame) -> pl.DataFrame:
    """The items with `step_done` and `step_on`, where the file has a last step; 0 where their scenario lacks it."""
    if "last_step" not in items.columns:
        return items
    where = f"from customers where tenant_id = {tenant}"
    accounts = fetch(connection, {"customer_id": pl.Int64, "scenario": pl.String}, where)
    numbers = items.join(accounts, on="customer_id", how="left", maintain_order="left")
    numbers = numbers.join(
        step_codes(connection, tenant), on=["scenario", "last_step"], how="left", maintain_order="left"
    )
    on = pl.col("last_step_on") if "last_step_on" in items.columns else pl.lit(None, dtype=pl.Int32)
    return numbers.with_columns(
        pl.col("step_done").fill_null(0),
        pl.when(pl.col("step_done").is_not_null()).then(on).alias("step_on"),
    )
