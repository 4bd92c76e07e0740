"""Takes imports back: what they made goes, what they changed is as before, and the history says so (A6)."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

import polars as pl
from sqlalchemy import Connection, select, text, update

from relance.adapters.store.bulk import analyze, stage
from relance.adapters.store.engine import is_sqlite
from relance.adapters.store.intake import LEDGER
from relance.adapters.store.item_books import forget_books
from relance.adapters.store.message_documents import forget_unsent
from relance.adapters.store.summaries import refresh_summaries
from relance.adapters.store.tables.intake import imports, sources
from relance.adapters.store.tenancy import SqlTenancy
from relance.adapters.store.undo_losses import losses
from relance.adapters.store.undo_parts import WAITING, Parts
from relance.adapters.store.undo_removing import remove, remove_empty_groups
from relance.adapters.store.undo_restoring import restore
from relance.core.intake.undoing import Losses, Standing
from relance.core.kernel.errors import NotFound
from relance.core.kernel.identifiers import ActionId, CustomerId, ImportId, TenantId
from relance.ports.failpoints import failpoint
from relance.ports.store.collection import ScenarioChange
from relance.ports.store.undo import Undone

_MICROSECONDS = 1_000_000


class SqlUndo:
    """Undoing imports of one tenant."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection, self._tenant = connection, tenant

    def standing(self, number: ImportId) -> Standing:
        """What decides whether it can be undone."""
        query = (
            select(imports.c.kind, imports.c.state, sources.c.last_import_id)
            .outerjoin(
                sources, (sources.c.tenant_id == imports.c.tenant_id) & (sources.c.source_id == imports.c.source_id)
            )
            .where(imports.c.tenant_id == self._tenant, imports.c.import_id == number)
        )
        row = self._connection.execute(query).first()
        if row is None:
            raise NotFound("no such import")
        kind, state, last = row
        parts = self._parts(number)
        return Standing(
            kind=kind,
            state=state,
            newer=last if state == "done" and last != number else None,
            kept=bool(parts.all),
            changed_since=self._changed_since(parts),
        )

    def losses(self, number: ImportId) -> Losses:
        """What an undo would take away."""
        return losses(self._connection, self._parts(number))

    def undo(self, number: ImportId, today: date, at: datetime, author: str) -> Undone:
        """Take back everything that the import changed."""
        parts = self._parts(number)
        SqlTenancy(self._connection, self._tenant).next_numbers(LEDGER, 1)
        forget_books(self._connection, self._tenant)
        self._stage_changed(parts)
        accounts, scenarios = self._accounts(parts), self._scenarios(parts)
        for part in reversed(parts.all):
            if part.made:
                remove(self._connection, parts, part, at, author)
            else:
                restore(self._connection, parts, part)
        remove_empty_groups(self._connection, parts)
        failpoint("undo.restored")
        self._forget_instalments(number)
        accounts |= self._accounts(parts)
        self._note(number, at, author)
        self._close(number)
        refresh_summaries(self._connection, self._tenant, today, sorted(accounts))
        moved = self._moved(scenarios, self._scenarios(parts))
        self._forget(number)
        there = self._there(accounts)
        return Undone(accounts=there, withdrawn=self._withdraw(there), moved=moved)

    def open_accounts(self, accounts: Collection[CustomerId]) -> Sequence[CustomerId]:
        """Accounts with an action not yet on its way."""
        self._stage_accounts(accounts)
        query = (
            f"select distinct customer_id from actions where tenant_id = {self._tenant} and state in ({WAITING}) "
            "and customer_id in (select customer_id from undone_accounts)"
        )
        return [row[0] for row in self._connection.exec_driver_sql(query)]

    def _parts(self, number: ImportId) -> Parts:
        return Parts(self._connection, self._tenant, number)

    def _changed_since(self, parts: Parts) -> tuple[ImportId, ...]:
        """Imports that changed the same items later: they must be undone before."""
        telling = [part for part in parts.changes("items") if "changed_import_id" in part.columns]
        query = (
            f"select changed_import_id from items where tenant_id = {self._tenant} "
            f"and {parts.made('items', 'item_id')} and changed_import_id <> {parts.number} "
            f"union select i.changed_import_id from undo_rows u join items i on i.tenant_id = {self._tenant} "
            f"and i.item_id = u.record_id where {parts.rows(telling)} and i.changed_import_id <> {parts.number}"
        )
        return tuple(sorted(row[0] for row in self._connection.exec_driver_sql(query)))

    def _stage_changed(self, parts: Parts) -> None:
        place = "temp" if is_sqlite(self._connection) else "pg_temp"
        self._connection.exec_driver_sql(f"drop table if exists {place}.undone_items")
        self._connection.exec_driver_sql(
            "create temp table undone_items as select item_id, open_amount as open_before from items "
            f"where tenant_id = {self._tenant} and item_id in ({parts.changed('items')})"
        )
        analyze(self._connection, "undone_items")

    def _accounts(self, parts: Parts) -> set[int]:
        """Whose items the import made or changed, as they stand now."""
        query = (
            f"select customer_id from items where tenant_id = {self._tenant} and {parts.made('items', 'item_id')} "
            f"union select i.customer_id from undone_items s join items i on i.tenant_id = {self._tenant} "
            "and i.item_id = s.item_id"
        )
        return {row[0] for row in self._connection.exec_driver_sql(query)}

    def _scenarios(self, parts: Parts) -> dict[int, str | None]:
        """The scenarios of the customers in which the import changed theirs."""
        telling = [part for part in parts.changes("customers") if "scenario" in part.columns]
        if not telling:
            return {}
        query = (
            f"select c.customer_id, c.scenario from undo_rows u join customers c on c.tenant_id = {self._tenant} "
            f"and c.customer_id = u.record_id where {parts.rows(telling)}"
        )
        return {row[0]: row[1] for row in self._connection.exec_driver_sql(query)}

    def _moved(self, was: dict[int, str | None], now: dict[int, str | None]) -> tuple[ScenarioChange, ...]:
        default = SqlTenancy(self._connection, self._tenant).settings().text("scenario") if was else ""
        pairs = [(customer, before or default, now.get(customer) or default) for customer, before in was.items()]
        return tuple(ScenarioChange(CustomerId(one), before, after) for one, before, after in pairs if before != after)

    def _forget_instalments(self, number: ImportId) -> None:
        self._connection.exec_driver_sql(
            f"delete from instalments where tenant_id = {self._tenant} and created_import_id = {number}"
        )

    def _note(self, number: ImportId, at: datetime, author: str) -> None:
        """The history of what was given back."""
        count = int(self._connection.exec_driver_sql("select count(*) from undone_items").scalar_one())
        if not count:
            return
        first = SqlTenancy(self._connection, self._tenant).next_numbers("changes", count)
        self._connection.execute(
            text(
                "insert into item_changes (tenant_id, change_id, item_id, import_id, at, kind, author, open_before, "
                f"open_after) select {self._tenant}, {first} - 1 + row_number() over (order by s.item_id), s.item_id, "
                f"{number}, {int(at.timestamp() * _MICROSECONDS)}, 'undone', :author, s.open_before, i.open_amount "
                f"from undone_items s join items i on i.tenant_id = {self._tenant} and i.item_id = s.item_id"
            ),
            {"author": author},
        )

    def _close(self, number: ImportId) -> None:
        place = (imports.c.tenant_id == self._tenant, imports.c.import_id == number)
        self._connection.execute(update(imports).where(*place).values(state="undone"))

    def _forget(self, number: ImportId) -> None:
        for table in ("undo_rows", "undo_parts"):
            self._connection.exec_driver_sql(
                f"delete from {table} where tenant_id = {self._tenant} and import_id = {number}"
            )

    def _there(self, accounts: set[int]) -> tuple[CustomerId, ...]:
        self._stage_accounts(accounts)
        query = (
            f"select customer_id from customers where tenant_id = {self._tenant} "
            "and customer_id in (select customer_id from undone_accounts) order by customer_id"
        )
        return tuple(CustomerId(row[0]) for row in self._connection.exec_driver_sql(query))

    def _withdraw(self, accounts: Collection[CustomerId]) -> tuple[ActionId, ...]:
        """Actions whose invoice is no more, or owes nothing any more, go at once (D10)."""
        self._stage_accounts(accounts)
        rows = self._connection.exec_driver_sql(
            "update actions set state = 'cancelled', reason = 'leader-gone', not_before = null, fence = fence + 1 "
            f"where tenant_id = {self._tenant} and state in ({WAITING}) "
            "and customer_id in (select customer_id from undone_accounts) and leader_item_id not in ("
            f"select item_id from items where tenant_id = {self._tenant} and open_amount <> 0 "
            "and customer_id in (select customer_id from undone_accounts)) returning action_id"
        )
        withdrawn = tuple(sorted(ActionId(row[0]) for row in rows))
        if withdrawn:
            forget_unsent(
                self._connection,
                self._tenant,
                f"select action_id from actions where tenant_id = {self._tenant} and state = 'cancelled' "
                "and customer_id in (select customer_id from undone_accounts)",
            )
        return withdrawn

    def _stage_accounts(self, accounts: Collection[Any]) -> None:
        frame = pl.DataFrame({"customer_id": pl.Series(sorted(accounts), dtype=pl.Int64)})
        stage(self._connection, "undone_accounts", frame)
