"""The summary of each account and currency, kept up to date by everything that moves items; set-based."""

from datetime import date
from typing import Literal

import polars as pl
from sqlalchemy import Connection

from relance.adapters.store.bulk import stage
from relance.core.kernel.days import day_number
from relance.core.kernel.identifiers import TenantId

SUMS = "balance, not_due, days_1_30, days_31_60, days_61_90, over_90, overdue, credits, promised, disputed, open_items"
_COLUMNS = f"customer_id, currency, as_of, {SUMS}, oldest_due_on, next_change_on"
DEBIT = "i.open_amount > 0"
MEMO = "down-payment-request"
"""The type that stands in none of the figures (D2)."""


def refresh_summaries(
    connection: Connection, tenant: TenantId, today: date, customers: list[int] | Literal["due"] | None
) -> None:
    """Recompute the summaries of some customers, of those that a new day moves (`due`), or of all (None).

    Memo items are in none of the figures (D2). Debits not yet due and overdue are told apart by their due date; credits
    stand in a column of their own, and the balance is everything. A day moves an account when a due date has passed or
    a debit has grown older than a column's limit.
    """
    day = day_number(today)
    which = _which(connection, tenant, day, customers)
    if which is None:
        return
    connection.exec_driver_sql(f"delete from account_summaries where tenant_id = {tenant}{which}")
    items = f"from items i where i.tenant_id = {tenant} and i.open_amount <> 0 and i.type <> '{MEMO}'"
    connection.exec_driver_sql(insertion(tenant, day, items + which.replace("customer_id in", "i.customer_id in")))


def _which(
    connection: Connection, tenant: TenantId, day: int, customers: list[int] | Literal["due"] | None
) -> str | None:
    if customers is None:
        return ""
    if customers == "due":
        query = (
            f"select distinct customer_id from account_summaries where tenant_id = {tenant} and next_change_on <= {day}"
        )
        customers = [row[0] for row in connection.exec_driver_sql(query)]
    if not customers:
        return None
    stage(connection, "summarised", pl.DataFrame({"customer_id": pl.Series(customers, dtype=pl.Int64)}))
    return " and customer_id in (select customer_id from summarised)"


def insertion(tenant: TenantId, day: int, rows: str, sign: str = "1") -> str:
    """The statement that inserts the summaries of `rows` (`from ... i where ...`), where each counts `sign` times.

    Debits are summed by how late they are at least; the columns of the table are the differences of these sums.
    """
    return (
        f"insert into account_summaries (tenant_id, {_COLUMNS}) "
        f"select {tenant}, customer_id, currency, {day}, balance, balance - credits - late_1, "
        "late_1 - late_31, late_31 - late_61, late_61 - late_91, late_91, late_1, credits, "
        "promised, disputed, open_items, oldest_due_on, next_change_on "
        f"from (select i.customer_id, i.currency, {_figures(day, sign)} {rows} "
        "group by i.customer_id, i.currency) as s where true"
    )


def _figures(day: int, sign: str) -> str:
    conditions = {f"late_{late}": f"i.due_on <= {day - late} and {DEBIT}" for late in (1, 31, 61, 91)}
    conditions |= {"credits": "i.open_amount < 0", "promised": "i.hold = 'promise'", "disputed": "i.hold = 'dispute'"}
    amount = "i.open_amount" if sign == "1" else f"i.open_amount * {sign}"
    sums = [
        f"coalesce(sum({amount}) filter (where {condition}), 0) as {name}" for name, condition in conditions.items()
    ]
    there = DEBIT if sign == "1" else f"{DEBIT} and {sign} > 0"
    return ", ".join(
        (
            f"sum({amount}) as balance",
            *sums,
            f"min(case when i.due_on < {day} and {there} then i.due_on end) as oldest_due_on",
            f"min(case when {there} then {next_change(day)} end) as next_change_on",
            f"sum({sign}) as open_items",
        )
    )


def next_change(day: int) -> str:
    """The day on which a debit moves to the next column; null for the last."""
    return (
        f"case when i.due_on >= {day} then i.due_on + 1 when i.due_on >= {day - 30} then i.due_on + 31 "
        f"when i.due_on >= {day - 60} then i.due_on + 61 when i.due_on >= {day - 90} then i.due_on + 91 end"
    )
