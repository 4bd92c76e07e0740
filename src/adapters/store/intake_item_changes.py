"""The history of the items that a file changes; a new item's begins in its own row."""

import polars as pl
from sqlalchemy import Connection

from relance.adapters.store.bulk import load
from relance.adapters.store.tenancy import SqlTenancy
from relance.core.kernel.identifiers import TenantId
from relance.ports.store.intake import Applying

_MICROSECONDS = 1_000_000


def write_changes(
    connection: Connection, tenant: TenantId, applying: Applying, changed: pl.DataFrame, absent: pl.DataFrame
) -> None:
    """One line for each item, in the order of the items: so they come into the index one behind the other."""
    lines = pl.concat([_of_changed(changed), _of_absent(absent)])
    if not lines.height:
        return
    first = SqlTenancy(connection, tenant).next_numbers("changes", lines.height)
    lines = lines.sort("item_id").with_columns(
        pl.int_range(first, first + pl.len(), dtype=pl.Int64).alias("change_id"),
        pl.lit(applying.author).alias("author"),
    )
    at = int(applying.at.timestamp()) * _MICROSECONDS
    same = {"tenant_id": tenant, "import_id": applying.number, "at": at}
    load(connection, "item_changes", lines, same, "import.row")


def _of_changed(changed: pl.DataFrame) -> pl.DataFrame:
    kind = (
        pl.when(pl.col("open_amount") == 0)
        .then(pl.lit("settled"))
        .when(pl.col("open_before") == 0)
        .then(pl.lit("reopened"))
        .otherwise(pl.lit("changed"))
    )
    moved = pl.when(pl.col("due_on") != pl.col("due_before")).then(
        pl.concat_str(pl.lit('{"due_on":['), "due_before", pl.lit(","), "due_on", pl.lit("]}"))
    )
    after = pl.col("open_amount").alias("open_after")
    return changed.select("item_id", kind.alias("kind"), "open_before", after, moved.alias("detail"))


def _of_absent(absent: pl.DataFrame) -> pl.DataFrame:
    return absent.select(
        "item_id",
        pl.lit("settled").alias("kind"),
        "open_before",
        pl.lit(0, dtype=pl.Int64).alias("open_after"),
        pl.lit(None, dtype=pl.String).alias("detail"),
    )
