"""The open items of every account, summed by currency in one statement; SQL of both databases."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection

from relance.adapters.store.engine import is_sqlite
from relance.core.collection.accounts import CurrencyRow, Line
from relance.core.collection.rules import DayRules
from relance.core.kernel.days import day_number, day_of
from relance.core.kernel.identifiers import CustomerId, ItemId, TenantId

_CELL, _LINE = "\x1f", "\x1e"
_KEY = f" || '{_CELL}' || ".join(
    (
        "due_on",
        "issued_on",
        "number",
        "item_id",
        "open_amount",
        "case when type = 'invoice' and open_amount > 0 then 1 else 0 end",
        "step_done",
        "coalesce(step_on, -1)",
    )
)
_FACTOR, _WIDE = 46337, 99991
"""Primes that keep the products of the mark within 64 bits."""
_DAY_LIMIT = 1_000_000


class SummedItems:
    """Reduces a tenant's open items with one day's rules."""

    def __init__(self, connection: Connection, tenant: TenantId, on: DayRules, until: date) -> None:
        self._connection, self._tenant, self._on, self._until = connection, tenant, on, until

    def all(self) -> Sequence[Any]:
        """The sums of every account with open items, by account and currency."""
        return self._run("")

    def of(self, customer: CustomerId) -> Sequence[Any]:
        """The sums of one account, by currency."""
        return self._run(f" and customer_id = {int(customer)}")

    def _run(self, more: str) -> Sequence[Any]:
        return self._connection.exec_driver_sql(self._statement(more)).fetchall()

    def _statement(self, more: str) -> str:
        until = day_number(self._until)
        gather = "group_concat" if is_sqlite(self._connection) else "string_agg"
        askable = f"open_amount >= {_threshold(self._on.rules.ignore)}"
        far = f"k = 8 and due_on > {until} and type = 'invoice' and {askable}"
        near = f"k = 16 or (k in (4, 8) and due_on <= {until} and {askable})"
        return f"""
            select customer_id, currency, count(*) as open_items,
              sum(case when type <> 'down-payment-request' then open_amount else 0 end) as balance,
              sum(case when type = 'down-payment-request' then 1 else 0 end) as memo,
              sum(case when k in (4, 6) then 1 else 0 end) as overdue,
              sum(case when k = 6 then 1 else 0 end) as overdue_held,
              {gather}(case when {near} then {_KEY} end, '{_LINE}') as lines,
              min(case when {far} then due_on * {_big(_DAY_LIMIT)} + issued_on end) as later,
              max(case when {far} then step_done else 0 end) as later_done,
              max(case when k in (2, 6, 10) and open_amount > 0 then 1 else 0 end) as held,
              max(case when k = 16 and reference <> '' then 1 else 0 end) as referring,
              sum((item_id - item_id / {_FACTOR} * {_FACTOR} + 1) * ((due_on * 32 + k) * {_big(64)} + step_done
                + open_amount - open_amount / {_WIDE} * {_WIDE})) as mark
            from ({self._classed(more)}) as i
            group by customer_id, currency"""

    def _classed(self, more: str) -> str:
        """Every open item with its class: 4 overdue, 8 not yet due, 16 a credit; 2 more when it is held.

        SQLite would fold the inner query into the outer and compute the class once for each use; a limit prevents it.
        """
        unfolded = "limit -1" if is_sqlite(self._connection) else ""
        today = day_number(self._on.today)
        return f"""
            select customer_id, currency, item_id, type, number, issued_on, due_on, open_amount, step_done, step_on,
              reference,
              case when type in ('invoice', 'miscellaneous') and open_amount > 0
                then case when due_on < {today} then 4 else 8 end
                when open_amount < 0 and type not in ('draft', 'down-payment-request') then 16 else 0 end
              + case when hold is null then case when type = 'invoice' and payment_method in ('direct-debit', 'draft')
                  and due_on >= {day_number(self._on.debits_from)} then 2 else 0 end
                when hold = 'pause' and hold_until < {today} then 0 else 2 end as k
            from items where tenant_id = {int(self._tenant)} and open_amount <> 0{more} {unfolded}"""


def currency_row(row: Any, tangled: bool) -> CurrencyRow:
    """The sums of one account and currency as the core reads them."""
    return CurrencyRow(
        currency=row.currency,
        open_items=row.open_items,
        balance=int(row.balance),
        only_memo=row.memo == row.open_items,
        overdue=row.overdue,
        overdue_held=row.overdue_held,
        lines=tuple(_line(text) for text in row.lines.split(_LINE)) if row.lines else (),
        later=_later(row.later) if row.later is not None else None,
        tangled=tangled or row.later_done > 0,
    )


def _line(text: str) -> Line:
    due_on, issued_on, number, item, amount, is_invoice, step_done, step_on = text.split(_CELL)
    return Line(
        day_of(int(due_on)),
        day_of(int(issued_on)),
        number,
        ItemId(int(item)),
        int(amount),
        is_invoice == "1",
        int(step_done),
        None if step_on == "-1" else day_of(int(step_on)),
    )


def _later(packed: int) -> Line:
    """The earliest coming invoice after the horizon: only its due date is ever looked at."""
    due_on, issued_on = divmod(packed, _DAY_LIMIT)
    return Line(day_of(due_on), day_of(issued_on), "", ItemId(0), 1, True, 0, None)


def _threshold(amounts: dict[str, int]) -> str:
    """The ignore threshold of the row's currency; codes are three letters, checked when they were set."""
    if not amounts:
        return "0"
    cases = " ".join(f"when '{currency}' then {int(minor)}" for currency, minor in sorted(amounts.items()))
    return f"case currency {cases} else 0 end"


def _big(number: int) -> str:
    """A literal that makes the product a 64-bit one on PostgreSQL."""
    return f"cast({number} as bigint)"
