"""Count and open amount of many items by currency."""

from collections.abc import Sequence
from operator import sub
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, func, select

from relance.adapters.store.engine import is_sqlite
from relance.adapters.store.planning import avoiding
from relance.adapters.store.tables.ledger import account_summaries, items
from relance.core.kernel.identifiers import TenantId
from relance.core.ledger.items import MEMO_TYPES

Conditions = Sequence[ColumnElement[bool]]
Sums = dict[str, tuple[int, int]]
"""Currency to count and amount in minor units."""
COUNTED: ColumnElement[int] = case((items.c.type.in_(sorted(MEMO_TYPES)), 0), else_=items.c.open_amount)
"""What of an item stands in a sum (D2)."""
_SOME_ACCOUNTS, _SOME_ITEMS, _KNOWN = 1000, 2000, 6


def read_sums(connection: Connection, tenant: TenantId, conditions: Conditions) -> Sums:
    """Of all items of which the conditions hold, read once.

    To group, SQLite would sort them: it sums each currency that some accounts tell in a column of its own, and groups
    only what is left.
    """
    if not is_sqlite(connection):
        with avoiding(connection, "sort"):
            return _grouped(connection, conditions)
    known = some_currencies(connection, tenant)
    columns = [column for currency in known for column in _of_currency(currency)]
    count, *told = connection.execute(select(func.count(), *columns).where(*conditions)).one()
    sums = {currency: (told[2 * at], told[2 * at + 1] or 0) for at, currency in enumerate(known) if told[2 * at]}
    if count > sum(counted for counted, _ in sums.values()):
        sums |= _grouped(connection, [*conditions, items.c.currency.not_in(known)])
    return dict(sorted(sums.items()))


def hold_of_most(connection: Connection, base: Conditions, conditions: Conditions) -> bool:
    """Whether some of the items that fulfil `base` tell that most of them fulfil the conditions, too."""
    fulfils = case((and_(*conditions), 1), else_=0).label("fulfils")
    some = select(fulfils).where(*base).limit(_SOME_ITEMS).subquery()
    counted, fulfilled = connection.execute(select(func.count(), func.sum(some.c.fulfils))).one()
    return bool(counted) and 2 * int(fulfilled) > counted


def without(sums: Sums, others: Sums) -> Sums:
    """What is left of sums when others of the same items are taken away."""
    left = {name: tuple(map(sub, both, others.get(name, (0, 0)))) for name, both in sums.items()}
    return {name: (count, amount) for name, (count, amount) in left.items() if count}


def some_currencies(connection: Connection, tenant: TenantId) -> list[str]:
    """The most frequent ones of some accounts."""
    some = select(account_summaries.c.currency).where(account_summaries.c.tenant_id == tenant).limit(_SOME_ACCOUNTS)
    counted = select(some.subquery().c.currency).group_by("currency").order_by(func.count().desc())
    return list(connection.scalars(counted.limit(_KNOWN)))


def _of_currency(currency: str) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    mine = items.c.currency == currency
    return func.count().filter(mine), func.sum(COUNTED).filter(mine)


def _grouped(connection: Connection, conditions: Conditions) -> Sums:
    query = select(items.c.currency, func.count(), func.sum(COUNTED)).where(*conditions)
    rows = sorted(connection.execute(query.group_by(items.c.currency)))
    return {currency: (count, int(amount)) for currency, count, amount in rows}
