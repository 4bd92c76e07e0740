"""What is known of the items and customers of a file: asked while it is still being read, or when it is compared."""

from collections.abc import Collection
from typing import Any

import polars as pl
from sqlalchemy import Connection

from relance.adapters.store.bulk import fetch, stage
from relance.core.intake.fields import CUSTOM
from relance.core.kernel.identifiers import TenantId
from relance.ports.intake import PassedOver

_ALWAYS: dict[str, Any] = {
    "issued_on": pl.Int32,
    "due_on": pl.Int32,
    "currency": pl.String,
    "amount": pl.Int64,
    "open_amount": pl.Int64,
}
_WHERE_MAPPED: dict[str, Any] = {
    "order_number": pl.String,
    "reference": pl.String,
    "payment_method": pl.String,
    "document": pl.String,
    "paid_on": pl.Int32,
    "custom": pl.String,
}
_WHERE_KEYED: dict[str, Any] = {"customer_id": pl.Int64, "type": pl.String, "number": pl.String}
"""Part of the identity, unless the file has a unique key of its own."""
_FEW = 4
"""Up to one item in so many is read by its number; more, in one pass over all."""


def updated_by(mapping: Collection[str], records: Collection[str]) -> tuple[str, ...]:
    """The columns that a file with this mapping fills and so may change, where its records have these columns."""
    columns = _ALWAYS | {name: dtype for name, dtype in _WHERE_MAPPED.items() if name in records}
    if "unique_key" in mapping:
        columns |= _WHERE_KEYED
    return tuple(columns)


def columns_for(updated: Collection[str], named: bool) -> dict[str, Any]:
    """What must be known of an item to compare these columns; of one that a rejected row names its number, too."""
    known = _ALWAYS | _WHERE_MAPPED | _WHERE_KEYED
    columns: dict[str, Any] = {"item_id": pl.Int64, "entity_id": pl.Int64, "key": pl.String}
    columns["content_digest"] = pl.Int64
    wanted = {*updated, "due_on", "currency", "open_amount", "customer_id"} | ({"number"} if named else set())
    return columns | {name: dtype for name, dtype in known.items() if name in wanted}


def in_items(columns: dict[str, Any]) -> dict[str, str]:
    """The SQL of these columns where the table of items is called `i`."""
    return {name: f"i.{name}" for name in columns} | {"key": "i.unique_key"}


def customer_numbers(connection: Connection, tenant: TenantId) -> pl.DataFrame:
    """The number of every customer, by entity and code."""
    columns = {"customer_id": pl.Int64, "entity_id": pl.Int64, "customer_code": pl.String}
    where = f"from customers where tenant_id = {tenant}"
    return fetch(connection, columns, where, {"customer_code": "code"}, narrow=True)


def are_few(over: PassedOver) -> bool:
    """Whether the items that no row repeats are read by their numbers."""
    left: pl.DataFrame = over.left
    return left.height <= over.rows // _FEW


def left_items(connection: Connection, tenant: TenantId, left: pl.DataFrame, columns: dict[str, Any]) -> pl.DataFrame:
    """These items with more columns."""
    stage(connection, "left_items", left.select("item_id").sort("item_id"), plain=True)
    rest = f"from left_items l cross join items i where i.tenant_id = {tenant} and i.item_id = l.item_id"
    return fetch(connection, columns, rest, in_items(columns))


def left_beforehand(
    connection: Connection, tenant: TenantId, over: PassedOver, mapping: Collection[str]
) -> pl.DataFrame | None:
    """The few items that no row repeats, with all columns that a file with this mapping may be compared by."""
    if not are_few(over):
        return None
    filled = {"custom" if name.startswith(CUSTOM) else name for name in mapping}
    return left_items(connection, tenant, over.left, columns_for(updated_by(mapping, filled), named=True))
