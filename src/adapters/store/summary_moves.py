"""Summaries follow the items that a statement changes: what went is taken off, what came is added."""

from collections.abc import Sequence
from datetime import date

import polars as pl
from sqlalchemy import Connection

from relance.adapters.store.bulk import stage
from relance.adapters.store.engine import is_sqlite
from relance.adapters.store.summaries import DEBIT, MEMO, SUMS, insertion, next_change, refresh_summaries
from relance.core.kernel.days import day_number
from relance.core.kernel.identifiers import TenantId

_MOVED: dict[str, pl.DataType] = {
    "customer_id": pl.Int64(),
    "currency": pl.String(),
    "due_on": pl.Int64(),
    "open_amount": pl.Int64(),
    "hold": pl.String(),
    "type": pl.String(),
    "sign": pl.Int64(),
}
_OF_ITEM = tuple(name for name in _MOVED if name != "sign")
_COUNTED = f"i.open_amount <> 0 and i.type <> '{MEMO}'"


class SummaryMoves:
    """Open items before and after they change, in one transaction; only few accounts are then read as a whole."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection, self._tenant = connection, tenant
        stage(connection, "moved_items", pl.DataFrame(schema=_MOVED))

    def leave(self, staged: str, columns: Sequence[str]) -> str:
        """Note the items that a staged table names as they are before they change, and let nobody else change them.

        Returns the name of a temporary table of them, which has the `columns`, too: large ledgers are looked into once.
        """
        before = f"{staged}_before"
        names = ", ".join(f"i.{name}" for name in dict.fromkeys(("item_id", *_OF_ITEM, *columns)))
        gone, lock = (" on commit drop", " for no key update of i")
        if is_sqlite(self._connection):
            gone, lock = "", ""
        self._connection.exec_driver_sql(f"drop table if exists {before}")
        self._connection.exec_driver_sql(
            f"create temp table {before}{gone} as select {names} from {staged} s cross join items i "
            f"where i.tenant_id = {self._tenant} and i.item_id = s.item_id{lock}"
        )
        self._note(_OF_ITEM, -1, f"{before} b")
        return before

    def arrive(self, staged: str, settings: Sequence[str]) -> None:
        """The same items as the `name = value` terms leave them, where values are those of the staged table."""
        values = dict(setting.split(" = ", 1) for setting in settings)
        if values["open_amount"] == "0":
            return  # what is settled stands in no figure
        columns = [values.get(name, f"b.{name}") for name in _OF_ITEM]
        self._note(columns, 1, f"{staged} s join {staged}_before b on b.item_id = s.item_id")

    def created(self, first: int, count: int) -> None:
        """New items, whose numbers follow each other."""
        numbers = f"item_id between {first} and {first + count - 1}"
        self._note(_OF_ITEM, 1, f"items where tenant_id = {self._tenant} and {numbers}")

    def follow(self, today: date) -> None:
        """Bring the summaries up to date."""
        day = day_number(today)
        again = [row[0] for row in self._connection.exec_driver_sql(_with_moved_days(self._tenant, day))]
        stage(self._connection, "read_accounts", pl.DataFrame({"customer_id": pl.Series(again, dtype=pl.Int64)}))
        others = f"from moved_items i where {_COUNTED} and i.customer_id not in (select customer_id from read_accounts)"
        self._connection.exec_driver_sql(
            f"{insertion(self._tenant, day, others, 'i.sign')} "
            f"on conflict (tenant_id, customer_id, currency) do update set {self._added()}"
        )
        nothing = f"delete from account_summaries where tenant_id = {self._tenant} and open_items = 0"
        self._connection.exec_driver_sql(nothing)
        refresh_summaries(self._connection, self._tenant, today, again)

    def _note(self, columns: Sequence[str], sign: int, rows: str) -> None:
        self._connection.exec_driver_sql(
            f"insert into moved_items ({', '.join(_MOVED)}) select {', '.join(columns)}, {sign} from {rows}"
        )

    def _added(self) -> str:
        """What an account that has a summary gets of what was added."""
        least = "min" if is_sqlite(self._connection) else "least"
        sums = [f"{name} = account_summaries.{name} + excluded.{name}" for name in SUMS.split(", ")]
        days = [
            f"{name} = coalesce({least}(account_summaries.{name}, excluded.{name}), "
            f"account_summaries.{name}, excluded.{name})"
            for name in ("oldest_due_on", "next_change_on")
        ]
        return ", ".join(("as_of = excluded.as_of", *sums, *days))


def _with_moved_days(tenant: TenantId, day: int) -> str:
    """Customers whose oldest due date or next change is past, or may be that of an item that went."""
    return (
        "select distinct i.customer_id from moved_items i left join account_summaries a "
        f"on a.tenant_id = {tenant} and a.customer_id = i.customer_id and a.currency = i.currency "
        f"where {_COUNTED} and (a.next_change_on <= {day} or a.as_of > {day} or (i.sign < 0 and (a.customer_id is null "
        f"or ({DEBIT} and (i.due_on <= a.oldest_due_on or {next_change(day)} <= a.next_change_on)))))"
    )
