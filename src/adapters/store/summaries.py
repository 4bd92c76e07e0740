"""The summary of each account and currency, kept up to date by everything that moves items; set-based."""

from datetime import date
from typing import Literal

import polars as pl
from sqlalchemy import Connection

from relance.adapters.store.bulk import stage
from relance.core.kernel.days import day_number
from relance.core.kernel.identifiers import TenantId

_COLUMNS = (
    "customer_id, currency, as_of, balance, not_due, days_1_30, days_31_60, days_61_90, over_90, overdue, credits, "
    "promised, disputed, open_items, oldest_due_on, next_change_on"
)
_DEBIT = "i.open_amount > 0"


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
    connection.exec_driver_sql(_insert(tenant, day, which.replace("customer_id in", "i.customer_id in")))


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


def _insert(tenant: TenantId, day: int, which: str) -> str:
    """Debits are summed by how late they are at least; the columns of the table are the differences of these sums."""
    return (
        f"insert into account_summaries (tenant_id, {_COLUMNS}) "
        f"select tenant_id, customer_id, currency, {day}, balance, balance - credits - late_1, "
        "late_1 - late_31, late_31 - late_61, late_61 - late_91, late_91, late_1, credits, "
        "promised, disputed, open_items, oldest_due_on, next_change_on "
        f"from (select i.tenant_id, i.customer_id, i.currency, {_sums(day)}, count(*) as open_items "
        f"from items i where i.tenant_id = {tenant} and i.open_amount <> 0 and i.type <> 'down-payment-request'{which} "
        "group by i.tenant_id, i.customer_id, i.currency) as s"
    )


def _sums(day: int) -> str:
    conditions = {f"late_{late}": f"i.due_on <= {day - late} and {_DEBIT}" for late in (1, 31, 61, 91)}
    conditions |= {"credits": "i.open_amount < 0", "promised": "i.hold = 'promise'", "disputed": "i.hold = 'dispute'"}
    sums = [
        f"coalesce(sum(case when {condition} then i.open_amount end), 0) as {name}"
        for name, condition in conditions.items()
    ]
    next_change = (
        f"min(case when not ({_DEBIT}) then null when i.due_on >= {day} then i.due_on + 1 "
        f"when i.due_on >= {day - 30} then i.due_on + 31 when i.due_on >= {day - 60} then i.due_on + 61 "
        f"when i.due_on >= {day - 90} then i.due_on + 91 end) as next_change_on"
    )
    oldest = f"min(case when i.due_on < {day} and {_DEBIT} then i.due_on end) as oldest_due_on"
    return ", ".join(("sum(i.open_amount) as balance", *sums, oldest, next_change))
