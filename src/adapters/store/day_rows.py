"""The open items of every account, summed by currency in one statement; SQL of both databases."""

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import date
from functools import cached_property
from itertools import cycle, pairwise
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection

from relance.adapters.store.beside import moment_of, reader_beside, would_see_the_same
from relance.adapters.store.engine import is_sqlite
from relance.core.collection.accounts import CurrencyRow, Line
from relance.core.collection.actions import OPEN_STATES
from relance.core.collection.rules import DayRules
from relance.core.kernel.days import day_number
from relance.core.kernel.identifiers import CustomerId, ItemId, TenantId

_FEW_TENANTS = 3
_READERS = 2
_AMOUNTS = 1 << 44
"""A coming invoice is one number, its due date times this and its amount: the least of them is the earliest."""
_ONE_PASS = {
    "work_mem": "'512MB'",
    "enable_sort": "off",
    "enable_indexscan": "off",
    "parallel_setup_cost": "0",
    "parallel_tuple_cost": "0",
}
"""PostgreSQL fears the memory of the gathered lines and the way of the rows between its processes: it would sort, or
walk the index, or spill to the disk. In one pass, workers read and class the items, and one process sums them."""
_A_PART = _ONE_PASS | {"max_parallel_workers_per_gather": "0"}
"""Each range has a processor of its own, and no row goes from one process to another."""
_LINES = msgspec.json.Decoder(list[Line])


class Summed(NamedTuple):
    """One account and currency as SQL summed it."""

    customer_id: int
    currency: str
    open_items: int
    balance: int
    memo: int
    overdue: int
    overdue_held: int
    lines: str | None
    credit: int
    later: int | None
    held: int
    referring: int
    mark: int | str


class SummedItems:
    """Reduces a tenant's open items with one day's rules."""

    def __init__(
        self, connection: Connection, tenant: TenantId, on: DayRules, until: date, every_line: bool = False
    ) -> None:
        self._connection, self._tenant, self._on, self._until = connection, tenant, on, until
        self._every_line = every_line

    @contextmanager
    def portions(self, ranges: int, whole: bool) -> Iterator[Iterator[tuple[int | None, list[Summed]]]]:
        """The sums of every account with open items, by account and currency, for so many ranges of accounts.

        Each comes with its last account, None for the last of them; the next are summed meanwhile. `whole`: all at
        once, for accounts go along with accounts of other ranges.
        """
        if not would_see_the_same(self._connection):
            with _tuned(self._connection, _ONE_PASS):
                found = _summed(self._connection, self._statement(""))
            yield iter([(None, found)])
            return
        lasts, moment = self._lasts(ranges), moment_of(self._connection)
        statements = [self._statement("", *ends) for ends in pairwise([0, *lasts])]
        with ExitStack() as stack:
            beside = [stack.enter_context(reader_beside(self._connection, moment)) for _ in range(_READERS)]
            readers = [stack.enter_context(_tuned(one, _A_PART)) for one in beside]
            threads = [stack.enter_context(ThreadPoolExecutor(1)) for _ in readers]
            turns = zip(cycle(zip(readers, threads, strict=True)), statements, strict=False)
            coming = [thread.submit(_summed, reader, one) for (reader, thread), one in turns]
            if whole:
                yield iter([(None, [row for found in coming for row in found.result()])])
                return
            yield ((last, found.result()) for last, found in zip(lasts, coming, strict=True))

    def _lasts(self, ranges: int) -> list[int | None]:
        """The last account of each range; numbers are given one after the other."""
        ends = f"select coalesce(max(customer_id), 0) from customers where tenant_id = {int(self._tenant)}"
        last = self._connection.exec_driver_sql(ends).scalar_one()
        return [*(last * place // ranges for place in range(1, ranges)), None] if last >= ranges else [None]

    def of(self, wanted: Iterable[CustomerId]) -> list[Summed]:
        """The sums of some accounts."""
        numbers = ", ".join(str(int(customer)) for customer in wanted)
        return _summed(self._connection, self._statement(f" and customer_id in ({numbers})")) if numbers else []

    def _statement(self, more: str, after: int | None = None, last: int | None = None) -> str:
        gather = "group_concat" if is_sqlite(self._connection) else "string_agg"
        whole_number, digits = ("", "") if is_sqlite(self._connection) else ("::bigint", "::text")
        askable = f"open_amount >= {_threshold(self._on.rules.ignore)}" if self._on.rules.ignore else "true"
        return f"""
            select customer_id, currency, count(*),
              coalesce(sum(open_amount) filter (where k < 32), 0){whole_number},
              count(*) filter (where k >= 32),
              count(*) filter (where k in (4, 6)),
              count(*) filter (where k = 6),
              {gather}(line, ',') filter (where k = 16 or (k in (4, 8) and {askable})),
              coalesce(sum(-open_amount) filter (where k = 16), 0){whole_number},
              min(later) filter (where k = 8 and {askable}),
              count(*) filter (where k in (2, 6, 10, 34) and open_amount > 0),
              count(*) filter (where k = 16 and refers),
              sum(term * (k + 1)){digits}
            from ({self._classed(more, after, last)}) as i
            group by customer_id, currency"""

    def _scan(self, more: str) -> str:
        """A plus keeps SQLite from walking the index row by row, twice as slow where the file holds few tenants."""
        if more or not is_sqlite(self._connection):
            return ""
        tenants = self._connection.exec_driver_sql("select count(*) from tenants").scalar_one()
        return "+" if tenants <= _FEW_TENANTS else ""

    def _classed(self, more: str, after: int | None, last: int | None) -> str:
        """Every open item with its class: 4 overdue, 8 not yet due, 16 a credit, 32 memo; 2 more when it is held.

        Both databases would fold the inner query into the outer and compute the class once for each use; a limit or an
        offset prevents it.
        """
        sqlite = is_sqlite(self._connection)
        today, until = day_number(self._on.today), day_number(self._until)
        least = "min" if sqlite else "least"
        scan = self._scan(more)
        part = f" and {scan}customer_id > {after}" if after else ""
        part += f" and {scan}customer_id <= {last}" if last else ""
        only = self._undecided() if not more and not self._every_line else ""
        near = f"(open_amount < 0 or due_on <= {until} or step_done > 0){only}"
        return f"""
            select customer_id, currency, open_amount, reference <> '' as refers,
              case when {near} then {_as_json(sqlite)} end as line,
              case when due_on > {until} and step_done = 0 and type = 'invoice'
                then due_on * {_AMOUNTS} + {least}(open_amount, {_AMOUNTS - 1}) end as later,
              ((item_id & 65535) + 1) * (due_on * 32 + step_done * 7 + step_elsewhere * 11
                + (open_amount & 65535) + length(type) * 1021
                + case when open_amount < 0 and reference <> '' then hashtext(reference) & 1048575 else 0 end) as term,
              case when type in ('invoice', 'miscellaneous') and open_amount > 0
                  then case when due_on < {today} then 4 else 8 end
                when type = 'down-payment-request' then 32
                when open_amount < 0 and type <> 'draft' then 16 else 0 end
              + case when hold is null then case when {self._own_debit} and type = 'invoice'
                  and due_on >= {day_number(self._on.debits_from)} then 2 else 0 end
                when hold = 'pause' and hold_until < {today} then 0 else 2 end as k
            from items where {scan}tenant_id = {int(self._tenant)} and open_amount <> 0{more}{part}
            {"limit -1" if sqlite else "offset 0"}"""

    @cached_property
    def _own_debit(self) -> str:
        """Whether we collect the item ourselves; one that names no way of payment is paid as its customer pays."""
        ours, tenant = "payment_method in ('direct-debit', 'draft')", int(self._tenant)
        payers = f"select customer_id from customers where tenant_id = {tenant} and {ours}"
        if not self._connection.exec_driver_sql(f"select exists ({payers})").scalar():
            return ours
        return f"({ours} or (payment_method = '' and customer_id in ({payers})))"

    def _undecided(self) -> str:
        """Lines are gathered for accounts without an open action; of the others only the mark is looked at."""
        states = ", ".join(f"'{state}'" for state in OPEN_STATES)
        theirs = f"tenant_id = {int(self._tenant)} and specific_id is null and state in ({states})"
        opened = f"select customer_id from actions where {theirs}"
        return f" and customer_id not in ({opened})"


def _summed(connection: Connection, statement: str) -> list[Summed]:
    return [Summed._make(row) for row in connection.exec_driver_sql(statement).fetchall()]


@contextmanager
def _tuned(connection: Connection, settings: Mapping[str, str]) -> Iterator[Connection]:
    """The connection with these settings, in one go each: other threads let this one wait before every statement."""
    if is_sqlite(connection):
        yield connection
        return
    connection.exec_driver_sql("; ".join(f"set local {name} = {value}" for name, value in settings.items()))
    yield connection
    connection.exec_driver_sql("; ".join(f"set local {name} to default" for name in settings))


def currency_row(row: Summed, tangled: bool) -> CurrencyRow:
    """The sums of one account and currency as the core reads them."""
    return CurrencyRow(
        currency=row.currency,
        open_items=row.open_items,
        balance=row.balance,
        only_memo=row.memo == row.open_items,
        overdue=row.overdue,
        overdue_held=row.overdue_held,
        lines=tuple(sorted(_LINES.decode(f"[{row.lines}]"))) if row.lines else (),
        credit=row.credit if row.lines else 0,
        later=_later(row.later) if row.later is not None else None,
        tangled=tangled,
    )


def _as_json(sqlite: bool) -> str:
    """A line as a JSON array in the order of its fields: decoding a text is quicker than fetching cells."""
    asked = "type = 'invoice' and open_amount > 0"
    if sqlite:  # its own function makes one text of each line; a chain of || makes one for each link
        asked = f"json(case when {asked} then 'true' else 'false' end)"
        return f"json_array(due_on, issued_on, number, item_id, open_amount, {asked}, step_done, step_on)"
    parts = (
        "'['",
        "due_on",
        "','",
        "issued_on",
        "','",
        "to_json(number)",
        "','",
        "item_id",
        "','",
        "open_amount",
        f"case when {asked} then ',true,' else ',false,' end",
        "step_done",
        "','",
        "coalesce(cast(step_on as text), 'null')",
        "']'",
    )
    return f"concat({', '.join(parts)})"


def due_of(coming: int) -> int:
    """The due day of a coming invoice."""
    return coming // _AMOUNTS


def _later(coming: int) -> Line:
    """The earliest coming invoice after the horizon, the smallest where several fall due on that day."""
    due_on, amount = divmod(coming, _AMOUNTS)
    return Line(due_on, 0, "", ItemId(0), amount, True, 0, None)


def _threshold(amounts: dict[str, int]) -> str:
    """The ignore threshold of the row's currency; codes are three letters, checked when they were set."""
    cases = " ".join(f"when '{currency}' then {int(minor)}" for currency, minor in sorted(amounts.items()))
    return f"case currency {cases} else 0 end"
