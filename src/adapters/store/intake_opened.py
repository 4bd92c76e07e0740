"""The open items of a source, each with the number of the row that said it last."""

from typing import Any

import polars as pl
from sqlalchemy import Connection

from relance.adapters.store.bulk import fetch_numbers
from relance.core.kernel.identifiers import SourceId, TenantId

OPENED: dict[str, Any] = {
    "item_id": pl.Int64,
    "open_amount": pl.Int64,
    "content_digest": pl.Int64,
    "entity_id": pl.Int64,
    "currency": pl.String,
}


def opened_items(connection: Connection, tenant: TenantId, source: SourceId, only: str = "true") -> pl.DataFrame:
    """In the order of their digests; zero where it is not known, or another item has the same.

    Most tenants have one entity and one currency: these are then not read item by item. `only` is a term of SQL.
    """
    entities = _listed(connection, f"select entity_id from entities where tenant_id = {tenant} order by entity_id")
    query = f"select distinct currency from account_summaries where tenant_id = {tenant} order by currency"
    currencies = _listed(connection, query) or [""]
    known = "', '".join(currencies)
    digest = f"case when currency in ('{known}') then coalesce(content_digest, 0) else 0 end"
    terms = {"item_id": "item_id", "open_amount": "open_amount", "content_digest": digest}
    if len(entities) > 1:
        terms["entity_id"] = "entity_id"
    if len(currencies) > 1:
        cases = " ".join(f"when '{name}' then {place}" for place, name in enumerate(currencies))
        terms["currency"] = f"case currency {cases} else 0 end"
    where = f"from items where tenant_id = {tenant} and source_id = {source} and open_amount <> 0 and {only}"
    opened = fetch_numbers(connection, terms, where, small="item_id")
    if len(entities) == 1:
        opened = opened.with_columns(pl.lit(entities[0], dtype=pl.Int64).alias("entity_id"))
    names = pl.Series(currencies, dtype=pl.String)
    named = pl.lit(currencies[0]) if len(currencies) == 1 else names.gather(opened["currency"])
    return in_order(opened.with_columns(named.alias("currency")).select(*OPENED))


def opened_by(written: pl.DataFrame) -> pl.DataFrame:
    """The same of items as they have just been written."""
    known = written.with_columns(pl.col("content_digest").fill_null(0))
    return known.select(pl.col(name).cast(dtype) for name, dtype in OPENED.items())


def in_order(opened: pl.DataFrame) -> pl.DataFrame:
    """By their digests; none is known where two items have the same."""
    if not opened["content_digest"].is_sorted():
        opened = opened.sort("content_digest")
    digests = opened["content_digest"]
    if ((digests == digests.shift(1)) & (digests != 0)).any():
        return opened.with_columns(pl.lit(0, dtype=pl.Int64).alias("content_digest"))
    return opened


def _listed(connection: Connection, query: str) -> list[Any]:
    return list(connection.exec_driver_sql(query).scalars())
