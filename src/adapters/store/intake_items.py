"""What a file of items would change: computed outside the database, so that only changes are written (A13, A14)."""

from typing import Any

import msgspec
import polars as pl
from sqlalchemy import Connection

from relance.adapters.store.bulk import fetch, stage
from relance.adapters.store.intake_effects import counts_of, effects_of
from relance.adapters.store.intake_frames import (
    compared_records,
    move_of,
    paired,
    rekeyed_items,
    stepped_items,
    with_customers,
    with_keys,
)
from relance.adapters.store.intake_opened import OPENED
from relance.adapters.store.known_items import are_few, columns_for, customer_numbers, in_items, left_items, updated_by
from relance.core.intake.fields import Mode
from relance.core.kernel.identifiers import TenantId
from relance.ports.intake import Checked, PassedOver
from relance.ports.store.intake import Difference, Source


class ItemRows(msgspec.Struct, frozen=True, kw_only=True):
    """The rows of a difference. New customers have negative numbers until they are written."""

    new: pl.DataFrame
    changed: pl.DataFrame
    absent: pl.DataFrame
    stepped: pl.DataFrame
    rekeyed: pl.DataFrame
    instalments: pl.DataFrame
    customers: pl.DataFrame
    updated: tuple[str, ...]
    """Columns that the file fills, and so may change."""
    read_again: pl.DataFrame
    """Items that were compared in full and are the same: next time their digest is enough."""
    known: int
    """Open items of the source before."""
    opened: pl.DataFrame | None
    """What was open at the source, as `OPENED`; None where it was read in another form."""


class ItemComparison:
    """Compares checked items with what is known of one tenant."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection, self._tenant = connection, tenant

    def difference(self, mode: Mode, source: Source | None, checked: Checked, ledger: int) -> Difference | None:
        """What the file would change; None where the rows that were passed over cannot stand beside the others."""
        over = checked.passed_over
        if over and (over.ledger != ledger or over.items.height < over.rows):
            return None
        repeated: pl.DataFrame = over.items if over else pl.DataFrame(schema=OPENED)
        records, customers = with_customers(checked.records, self._customers(checked, ledger))
        records, instalments = with_keys(records, self._dated_numbers())
        updated = updated_by(checked.mapping, records.columns)
        columns = columns_for(updated, named=checked.named.height > 0)
        known = self._open_items(source, checked, columns)
        opened = known.height + repeated.height
        known = rekeyed_items(known.with_columns(pl.lit(True).alias("own")), instalments)
        known, pairs = self._paired(records, known, columns, instalments)
        if repeated.height and (instalments.height or _any_of(known, repeated)):
            return None
        changed, read_again = compared_records(records, known, pairs, updated)
        absent, kept = self._absent(mode, known, pairs, checked)
        new = records.filter(pairs["k"].is_null())
        cases = effects_of(self._connection, self._tenant, new, changed, absent, kept)
        return Difference(
            ledger=ledger,
            counts=counts_of(cases, repeated.height + records.height, new.height + changed.height, customers.height),
            move=move_of(repeated, known.filter(pl.col("own")), new, changed, absent, source, checked.unreadable),
            effects=cases,
            rows=ItemRows(
                new=new,
                changed=changed,
                absent=absent,
                stepped=stepped_items(records, known, pairs),
                rekeyed=known.filter(pl.col("rekeyed")).select("item_id", pl.col("key").alias("unique_key")),
                read_again=read_again,
                instalments=instalments,
                customers=customers,
                updated=updated,
                known=opened,
                opened=_opened(source, over),
            ),
        )

    def _paired(
        self, records: pl.DataFrame, known: pl.DataFrame, columns: dict[str, Any], instalments: pl.DataFrame
    ) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Known items, those that only their key finds among them, and which of them each record speaks of."""
        pairs = paired(records, known)
        if not pairs["k"].null_count() or not self._any_items():
            return known, pairs
        others = self._other_items(records.filter(pairs["k"].is_null()), columns, instalments)
        others = others.join(known.select("item_id"), on="item_id", how="anti", maintain_order="left")
        if not others.height:
            return known, pairs
        known = pl.concat([known, others])
        return known, paired(records, known)

    def _customers(self, checked: Checked, ledger: int) -> pl.DataFrame:
        """The number of every customer, as it was read beforehand where no import came in between."""
        asked = checked.beforehand
        if asked is not None and asked.ledger == ledger:
            customers: pl.DataFrame = asked.customers
            return customers
        return customer_numbers(self._connection, self._tenant)

    def _dated_numbers(self) -> pl.DataFrame:
        columns = {"entity_id": pl.Int64, "base": pl.String}
        return fetch(self._connection, columns, f"from instalments where tenant_id = {self._tenant}")

    def _open_items(self, source: Source | None, checked: Checked, columns: dict[str, Any]) -> pl.DataFrame:
        """Open items of the source, in the entities of the file, that it does not repeat: in full."""
        if source is None:
            return pl.DataFrame(schema=columns)
        over, entities = checked.passed_over, set(checked.records["entity_id"].unique().to_list())
        if over:
            entities |= set(over.items["entity_id"].unique().to_list())
        where = f"from items where tenant_id = {self._tenant} and source_id = {source.source} and open_amount <> 0"
        if entities:
            where += f" and entity_id in ({','.join(str(entity) for entity in sorted(entities))})"
        if not over:
            return fetch(self._connection, columns, where, {"key": "unique_key"})
        left: pl.DataFrame = over.left.filter(pl.col("entity_id").is_in(list(entities)))
        if not are_few(over):
            known = fetch(self._connection, columns, where, {"key": "unique_key"})
            return known.join(left, on="item_id", how="semi", maintain_order="left")
        asked: pl.DataFrame | None = checked.beforehand.left if checked.beforehand else None
        if asked is None or not set(columns) <= set(asked.columns):
            return left_items(self._connection, self._tenant, left, columns)
        known = asked.select(*columns)
        return known.filter(pl.col("entity_id").is_in(list(entities)))

    def _other_items(self, missing: pl.DataFrame, columns: dict[str, Any], instalments: pl.DataFrame) -> pl.DataFrame:
        """Settled items and items of other sources that bear the key of a row; also by the key before instalments."""
        keys = missing.select("entity_id", pl.col("key").alias("wanted"))
        before = instalments.select("entity_id", pl.col("base").alias("wanted"))
        stage(
            self._connection, "wanted_keys", pl.concat([keys, before]).unique().sort("entity_id", "wanted"), plain=True
        )
        rest = (
            "from wanted_keys w join items i on i.unique_key = w.wanted and i.entity_id = w.entity_id "
            f"where i.tenant_id = {self._tenant}"
        )
        found = fetch(self._connection, columns, rest, in_items(columns))
        return rekeyed_items(found.with_columns(pl.lit(False).alias("own")), instalments)

    def _any_items(self) -> bool:
        query = f"select exists (select 1 from items where tenant_id = {self._tenant})"
        return bool(self._connection.exec_driver_sql(query).scalar())

    def _absent(
        self, mode: Mode, known: pl.DataFrame, pairs: pl.DataFrame, checked: Checked
    ) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Open items of the source that the snapshot does not name, and those of them that a rejected row protects."""
        gone = known.with_row_index("k").filter(pl.col("own")).join(pairs.select("k").drop_nulls(), on="k", how="anti")
        gone = gone.drop("k").rename({"open_amount": "open_before"})
        if mode == "delta":
            return gone.clear(), gone.clear()
        if not checked.named.height or not gone.height:
            return gone, gone.clear()
        named = self._named(gone, checked.named)
        return gone.filter(~named), gone.filter(named)

    def _named(self, gone: pl.DataFrame, named: pl.DataFrame) -> pl.Series:
        """Which items a rejected row names: by its unique key, or by customer and number, whatever else is broken."""
        where = f"from customers where tenant_id = {self._tenant}"
        codes = fetch(self._connection, {"customer_id": pl.Int64, "code": pl.String}, where)
        gone = gone.join(codes, on="customer_id", how="left", maintain_order="left")
        by_number = named.filter(pl.col("number") != "").select(pl.struct("customer_code", "number").alias("n"))
        keys = named.filter(pl.col("unique_key") != "")["unique_key"].unique()
        pair = pl.struct(pl.col("code").alias("customer_code"), "number")
        return gone.select(pair.is_in(by_number["n"].implode()) | pl.col("key").is_in(keys.implode())).to_series()


def _opened(source: Source | None, over: PassedOver | None) -> pl.DataFrame | None:
    if over:
        opened: pl.DataFrame = pl.concat([over.items, over.left])
        return opened
    return pl.DataFrame(schema=OPENED) if source is None else None


def _any_of(known: pl.DataFrame, repeated: pl.DataFrame) -> bool:
    """Whether a row that was read speaks of an item that another row repeats."""
    return bool(repeated["item_id"].is_in(known["item_id"].implode()).any())
