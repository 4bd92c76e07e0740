"""What is open of some customers, as the summaries of their accounts tell it: sums, and whose items are the oldest."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    func,
    literal,
    literal_column,
    select,
    type_coerce,
    union_all,
)

from relance.adapters.store.engine import is_sqlite
from relance.adapters.store.halves import Half, by_halves, middle_customer
from relance.adapters.store.item_sums import Sums, some_currencies
from relance.adapters.store.planning import avoiding
from relance.adapters.store.searching_items import IS_OPEN
from relance.adapters.store.summaries import MEMO
from relance.adapters.store.tables.customers import customers
from relance.adapters.store.tables.ledger import account_summaries, items
from relance.core.kernel.days import day_of
from relance.core.kernel.identifiers import CustomerId, TenantId

_OLDEST: ColumnElement[int] = func.coalesce(
    type_coerce(account_summaries.c.oldest_due_on, Integer),
    type_coerce(account_summaries.c.next_change_on, Integer) - 1,
)
"""The earliest due day among the debits of an account. Where none was overdue when its summary was made, the account
changes on the day after the first is due; an account without debits has none."""
_TOLD = tuple(account_summaries.c[name] for name in ("customer_id", "currency", "open_items", "balance"))
_SUMMED = ("open_items", "balance")
_BALANCES = (account_summaries.c.currency, *(func.sum(account_summaries.c[name]) for name in _SUMMED))
_NO_WAY_IN: ColumnElement[int] = literal_column("+items.customer_id")
"""A sign that makes SQLite use no index for the column."""
IS_MEMO: ColumnElement[bool] = items.c.type == literal_column(f"'{MEMO}'")
IS_CREDIT: ColumnElement[bool] = items.c.open_amount < literal_column("0")
"""Spelt as the indexes of memo items, which stand in no summary (D2), and of credits are."""


Whose = Callable[[Half], ColumnElement[bool] | None]
"""The condition on `customers`, for half of them."""


class Reach(NamedTuple):
    """How many accounts are reached for, and of how many it is known when they are due first."""

    wanted: int
    read: int


class OldestAccounts(msgspec.Struct, frozen=True, kw_only=True):
    """The customers of the accounts whose debits are due the earliest: no other has one due on `until` or before.

    `until` is None where there are no others. `crowded` is the day after, where too many have their earliest debit due.
    """

    customers: list[CustomerId]
    until: date | None
    crowded: date | None


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """Count and amount of open items by currency, memo items counted too, and the accounts with the oldest of them."""

    sums: Sums
    oldest: OldestAccounts


def standing_of(connection: Connection, tenant: TenantId, whose: Whose, currency: str, reach: Reach) -> Standing:
    """Of the customers of whom a condition holds, in one statement: they are looked for once."""
    known = some_currencies(connection, tenant) if is_sqlite(connection) else []

    def ask(half: Half) -> Callable[[Connection], Sequence[Any]]:
        accounts, memos = _rows_of(connection, tenant, whose(half), half)
        if currency:
            accounts = accounts.where(account_summaries.c.currency == currency)
            memos = memos.where(items.c.currency == currency)
        told = accounts.cte("accounts").prefix_with("materialized").c
        first = _first(select(literal("account"), literal(""), told.customer_id, told.oldest), told.oldest, reach)
        statement = union_all(*_balances(told, known), memos.group_by(items.c.currency), first)
        return lambda reader: _read(reader, statement)

    parts = by_halves(connection, lambda: middle_customer(connection, tenant), ask)
    rows = [row for part in parts for row in part]
    return Standing(sums=_sums(rows), oldest=_oldest(rows, reach))


def sums_of_all(connection: Connection, tenant: TenantId, currency: str) -> Sums:
    """Count and amount of all open items by currency: on SQLite, where a column for each takes half of the time."""
    known = some_currencies(connection, tenant)
    others = account_summaries.c.currency.not_in(known)

    def ask(half: Half) -> Callable[[Connection], list[Any]]:
        accounts, memos = _rows_of(connection, tenant, None, half)
        columns = [column for name in known for column in _balance_of(name)]
        told = accounts.with_only_columns(*columns, func.count().filter(others))
        rest = accounts.where(others).with_only_columns(literal("sum"), *_BALANCES).group_by(_BALANCES[0])
        return lambda reader: _columns_read(reader, told, known, rest, memos.group_by(items.c.currency))

    parts = by_halves(connection, lambda: middle_customer(connection, tenant), ask)
    sums = _sums([row for part in parts for row in part])
    return {name: both for name, both in sums.items() if currency in ("", name)}


def _balance_of(currency: str) -> tuple[Any, Any]:
    count, amount = (account_summaries.c[name] for name in _SUMMED)
    mine = account_summaries.c.currency == currency
    return func.sum(count).filter(mine), func.sum(amount).filter(mine)


def _columns_read(reader: Connection, told: Any, known: list[str], rest: Any, memos: Any) -> list[Any]:
    *columns, others = reader.execute(told).one()
    rows = [("sum", name, columns[2 * at] or 0, columns[2 * at + 1] or 0) for at, name in enumerate(known)]
    return [*rows, *(reader.execute(rest).all() if others else ()), *reader.execute(memos).all()]


def _rows_of(
    connection: Connection, tenant: TenantId, whose: ColumnElement[bool] | None, half: Half
) -> tuple[Select[Any], Select[Any]]:
    """The accounts, and the memo items."""
    of_memo = _of_memo(connection)
    accounts = select(*_TOLD, _OLDEST.label("oldest")).where(account_summaries.c.tenant_id == tenant)
    accounts = accounts.where(half.of(account_summaries.c.customer_id))
    memos: Select[Any] = select(literal("memo"), items.c.currency, func.count(), literal(0))
    memos = memos.where(items.c.tenant_id == tenant, IS_OPEN, IS_MEMO, half.of(of_memo))
    if whose is None:
        return accounts, memos
    of_them = select(customers.c.customer_id).where(customers.c.tenant_id == tenant, half.of(customers.c.customer_id))
    theirs = select(of_them.where(whose).cte("theirs").prefix_with("materialized").c.customer_id)
    return accounts.where(account_summaries.c.customer_id.in_(theirs)), memos.where(of_memo.in_(theirs))


def _read(reader: Connection, statement: Any) -> Sequence[Any]:
    with avoiding(reader, "nestloop"):
        return reader.execute(statement).all()


def _of_memo(connection: Connection) -> ColumnElement[int]:
    """Memo items are few: SQLite would rather look for them with each customer, by the index of open items."""
    return _NO_WAY_IN if is_sqlite(connection) else items.c.customer_id


def _balances(told: Any, known: list[str]) -> Iterator[Select[Any]]:
    """Those of each known currency for themselves, since SQLite would sort all accounts to group them."""
    for currency in known:
        sums = (func.coalesce(func.sum(told.open_items), 0), func.coalesce(func.sum(told.balance), 0))
        mine: Any = select(literal("sum"), literal(currency), *sums)
        yield mine.where(told.currency == currency)
    others: Select[Any] = select(literal("sum"), told.currency, func.sum(told.open_items), func.sum(told.balance))
    yield (others.where(told.currency.not_in(known)) if known else others).group_by(told.currency)


def oldest_accounts(connection: Connection, tenant: TenantId, reach: Reach) -> OldestAccounts:
    """So many accounts of all customers, and those due on the same day as the last."""
    asked = select(literal("account"), literal(""), account_summaries.c.customer_id, _OLDEST.label("oldest"))
    asked = asked.where(account_summaries.c.tenant_id == tenant)
    return _oldest(connection.execute(_first(asked, _OLDEST, reach)).all(), reach)


def _first(asked: Select[Any], oldest: ColumnElement[int], reach: Reach) -> Select[Any]:
    return select(asked.where(oldest.is_not(None)).order_by(oldest).limit(reach.read if reach.wanted else 0).subquery())


def _sums(rows: Any) -> Sums:
    sums: Sums = {}
    for what, currency, count, amount in rows:
        if what != "account":
            counted, summed = sums.get(currency, (0, 0))
            sums[currency] = counted + int(count), summed + int(amount)
    return {currency: sums[currency] for currency in sorted(sums) if sums[currency][0]}


def _oldest(rows: Any, reach: Reach) -> OldestAccounts:
    """Whole days only: of the last day read there may be accounts more, unless all were read."""
    found = sorted((int(day), CustomerId(int(customer))) for what, _, customer, day in rows if what == "account")
    found = found[: reach.read]  # of each half so many
    if len(found) <= reach.wanted:
        return OldestAccounts(customers=_once(found), until=None, crowded=None)
    day, last = found[reach.wanted - 1][0], found[-1][0]
    if len(found) == reach.read and day == last:
        earlier = [one for one in found if one[0] < day]
        return OldestAccounts(customers=_once(earlier), until=day_of(day - 1), crowded=day_of(day))
    return OldestAccounts(customers=_once(one for one in found if one[0] <= day), until=day_of(day), crowded=None)


def _once(found: Iterable[tuple[int, CustomerId]]) -> list[CustomerId]:
    return list(dict.fromkeys(customer for _, customer in found))
