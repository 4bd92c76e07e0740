"""Writes what a file of items changes: new rows in bulk, changes set-based, nothing for what is the same."""

import polars as pl
from sqlalchemy import Connection

from relance.adapters.store.bulk import analyze, load, stage
from relance.adapters.store.engine import is_sqlite
from relance.adapters.store.intake_item_changes import write_changes
from relance.adapters.store.intake_items import ItemRows
from relance.adapters.store.intake_opened import OPENED, opened_by
from relance.adapters.store.item_books import ItemBook, forget_books
from relance.adapters.store.steps import step_numbers
from relance.adapters.store.summaries import refresh_summaries
from relance.adapters.store.summary_moves import SummaryMoves
from relance.adapters.store.tenancy import SqlTenancy
from relance.adapters.store.undo_log import UndoLog, assigned
from relance.core.kernel.days import day_number
from relance.core.kernel.identifiers import TenantId
from relance.ports.store.intake import Applying

_MANY = 10_000
_MUCH = 4
"""From one item in so many, summaries are made anew; for fewer they follow the items that change."""
_DIGESTS = 50_000
_ABSENT = "absent_items"
_OPTIONAL = ("order_number", "reference", "payment_method", "document", "paid_on", "custom")


class ItemWriter:
    """Applies a difference of items in the caller's transaction."""

    def __init__(self, connection: Connection, tenant: TenantId, applying: Applying) -> None:
        self._connection, self._tenant, self._applying = connection, tenant, applying
        self._today = day_number(applying.today)
        self._numbers = SqlTenancy(connection, tenant).next_numbers
        self._undo = UndoLog(connection, tenant, applying.number)
        self._moves: SummaryMoves | None = None

    def write(self, rows: ItemRows) -> None:
        """Write everything, then refresh the summaries of the accounts touched."""
        new, changed = self._customers_written(rows)
        if (new.height + changed.height + rows.absent.height) * _MUCH < rows.known:
            self._moves = SummaryMoves(self._connection, self._tenant)
        self._write_keys(rows)
        opened = self._write_new(new)
        self._write_changed(changed, rows.updated)
        self._write_steps(rows.stepped)
        self._write_absent(rows.absent)
        self._write_digests(rows.read_again)
        write_changes(self._connection, self._tenant, self._applying, changed, rows.absent)
        if new.height >= max(_MANY, rows.known // 5):
            analyze(self._connection, "items", "customers")
        self._follow(pl.concat([new, changed, rows.absent], how="diagonal"))
        self._keep_book(rows, opened)

    def _keep_book(self, rows: ItemRows, new: pl.DataFrame) -> None:
        """What is open now, for the next file of this source; other sources' books go where their items changed."""
        mine = rows.changed.filter(pl.col("own"))
        told = opened_by(mine.with_columns(pl.col("digest").alias("content_digest")))
        others = [frame["item_id"] for frame in (rows.changed.filter(~pl.col("own")), rows.rekeyed, rows.read_again)]
        touched = pl.concat(others).unique()
        touched = touched.filter(~touched.is_in(told["item_id"].implode()))
        book = ItemBook(self._connection, self._tenant, self._applying.source)
        book.keep(rows.opened, pl.concat([new, told]), touched, rows.absent["item_id"])
        if rows.rekeyed.height or not rows.changed["own"].all():
            forget_books(self._connection, self._tenant, but=self._applying.source)

    def _follow(self, rows: pl.DataFrame) -> None:
        """The summaries follow what changed; where that is much, the accounts are read as a whole."""
        if self._moves:
            self._moves.follow(self._applying.today)
            return
        touched = rows["customer_id"].append(rows["customer_before"]).unique().drop_nulls()
        refresh_summaries(self._connection, self._tenant, self._applying.today, touched.to_list())

    def _customers_written(self, rows: ItemRows) -> tuple[pl.DataFrame, pl.DataFrame]:
        """New customers get their numbers; rows that bear provisional ones follow."""
        if not rows.customers.height:
            return rows.new, rows.changed
        first = self._numbers("customers", rows.customers.height)
        self._undo.created("customers", first, rows.customers.height)
        provisional = pl.when(pl.col("customer_id") < 0).then(first - 1 - pl.col("customer_id"))
        real = provisional.otherwise(pl.col("customer_id")).alias("customer_id")
        applying = self._applying
        load(
            self._connection,
            "customers",
            rows.customers.with_columns(real)
            .rename({"customer_code": "code"})
            .with_columns(
                pl.lit(self._tenant).alias("tenant_id"),
                pl.lit(applying.collector, dtype=pl.Int64).alias("collector_id"),
                pl.lit("default" if applying.collector else None, dtype=pl.String).alias("collector_origin"),
                pl.lit(applying.scenario, dtype=pl.String).alias("scenario"),
                pl.lit("default" if applying.scenario else None, dtype=pl.String).alias("scenario_origin"),
                pl.lit(applying.penalties).alias("penalties"),
                pl.lit(self._today).alias("created_on"),
                pl.lit(applying.number).alias("created_import_id"),
            ),
        )
        return rows.new.with_columns(real), rows.changed.with_columns(real)

    def _write_keys(self, rows: ItemRows) -> None:
        if rows.instalments.height:
            same = {"tenant_id": self._tenant, "created_import_id": self._applying.number}
            load(self._connection, "instalments", rows.instalments, same)
        if rows.rekeyed.height:
            self._update("rekeyed_items", rows.rekeyed, ["unique_key = s.unique_key", "content_digest = null"])

    def _write_new(self, new: pl.DataFrame) -> pl.DataFrame:
        """New items, and what of them is open (`OPENED`)."""
        if not new.height:
            return pl.DataFrame(schema=OPENED)
        first = self._numbers("items", new.height)
        self._undo.created("items", first, new.height)
        new = step_numbers(self._connection, self._tenant, new.sort("key"))
        settled = pl.when(pl.col("open_amount") == 0).then(
            pl.coalesce("paid_on", pl.lit(self._today)) if "paid_on" in new.columns else pl.lit(self._today)
        )
        frame = new.select(
            pl.int_range(first, first + pl.len(), dtype=pl.Int64).alias("item_id"),
            "entity_id",
            "customer_id",
            pl.col("key").alias("unique_key"),
            *("type", "number", "issued_on", "due_on", "currency", "amount", "open_amount"),
            pl.col("digest").alias("content_digest"),
            *(name for name in _OPTIONAL if name in new.columns),
            settled.alias("settled_on"),
            *(name for name in ("step_done", "step_on") if name in new.columns),
            *([pl.col("step_done").alias("step_elsewhere")] if "step_done" in new.columns else []),
        )
        same = {
            "tenant_id": self._tenant,
            "source_id": self._applying.source,
            "created_import_id": self._applying.number,
            "changed_import_id": self._applying.number,
        }
        load(self._connection, "items", frame, same, "import.row")
        if self._moves:
            self._moves.created(first, new.height)
        return opened_by(frame.filter(pl.col("open_amount") != 0))

    def _write_changed(self, changed: pl.DataFrame, updated: tuple[str, ...]) -> None:
        if not changed.height:
            return
        paid = "s.paid_on, " if "paid_on" in updated else ""
        settled = (
            "settled_on = case when s.open_amount <> 0 then null "
            f"else coalesce({paid}case when items.open_amount = 0 then items.settled_on end, {self._today}) end"
        )
        columns = [f"{name} = s.{name}" for name in updated]
        if "paid_on" not in updated:
            columns.append(
                "paid_on = case when s.open_amount <> 0 and items.open_amount = 0 then null else paid_on end"
            )
        columns.append("content_digest = s.content_digest")
        frame = changed.select("item_id", *updated, pl.col("digest").alias("content_digest"))
        columns += [settled, f"changed_import_id = {self._applying.number}"]
        self._update_counted("changed_items", frame, columns)
        if not changed["own"].all():
            self._forget_fingerprints()

    def _forget_fingerprints(self) -> None:
        """Other sources whose items this file changed take no shortcut next time (A21)."""
        touched = "select i.source_id from items i join changed_items s on s.item_id = i.item_id"
        self._connection.exec_driver_sql(
            f"update sources set last_fingerprint = '' where tenant_id = {self._tenant} "
            f"and source_id <> {self._applying.source} "
            f"and source_id in ({touched} where i.tenant_id = {self._tenant})"
        )

    def _write_steps(self, stepped: pl.DataFrame) -> None:
        """A step done elsewhere moves an item forward, never back (A31)."""
        if not stepped.height:
            return
        steps = step_numbers(self._connection, self._tenant, stepped).select("item_id", "step_done", "step_on")
        further = [
            "step_on = case when s.step_done > items.step_done then s.step_on else items.step_on end",
            "step_done = case when s.step_done > items.step_done then s.step_done else items.step_done end",
            "step_elsewhere = s.step_done",
        ]
        only = " and (s.step_done > items.step_done or s.step_done > items.step_elsewhere)"
        self._update("stepped_items", steps, further, only, moving=True)

    def _write_absent(self, absent: pl.DataFrame) -> None:
        if absent.height:
            settled = ["open_amount = 0", f"settled_on = {self._today}", f"changed_import_id = {self._applying.number}"]
            self._update_counted(_ABSENT, absent.select("item_id"), settled)

    def _write_digests(self, read_again: pl.DataFrame) -> None:
        """What was compared in full and found the same is recognised by its digest next time.

        Some of them an import, where another mapping made all unknown: the write lock is for what changed.
        """
        if read_again.height:
            stage(self._connection, "read_again", read_again.head(_DIGESTS))
            self._set("read_again", ["content_digest = s.content_digest"])

    def _update(self, name: str, frame: pl.DataFrame, columns: list[str], only: str = "", moving: bool = False) -> None:
        """Change rows, their former values kept; those of columns that move on by themselves with what they became."""
        stage(self._connection, name, frame)
        part = self._undo.before("items", assigned(columns), name, only)
        self._set(name, columns, only)
        if moving:
            self._undo.after(part, "items", assigned(columns))

    def _update_counted(self, name: str, frame: pl.DataFrame, columns: list[str]) -> None:
        """Change amounts or dates, their former values kept; the summaries follow."""
        if self._moves is None:
            self._update(name, frame, columns)
            return
        stage(self._connection, name, frame, plain=True)
        self._undo.kept("items", assigned(columns), self._moves.leave(name, assigned(columns)))
        self._set(name, columns)
        self._moves.arrive(name, columns)

    def _set(self, name: str, columns: list[str], only: str = "") -> None:
        """A limit keeps SQLite from passing over all items first, to build a filter for the few that change."""
        mine = f"items.tenant_id = {self._tenant}"
        if name == _ABSENT and is_sqlite(self._connection):
            # all become the same: without a join SQLite needs half of the time
            numbers = f"(select item_id from {name})"
            self._connection.exec_driver_sql(
                f"update items set {', '.join(columns)} where {mine} and items.item_id in {numbers}"
            )
            return
        staged = f"(select * from {name} limit -1)" if is_sqlite(self._connection) else name
        self._connection.exec_driver_sql(
            f"update items set {', '.join(columns)} from {staged} s where {mine} and items.item_id = s.item_id{only}"
        )
