"""Count and open amount of many items by currency."""

from collections.abc import Iterable, Sequence
from operator import sub
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Integer,
    and_,
    case,
    cast,
    func,
    literal_column,
    or_,
    select,
    type_coerce,
)

from relance.adapters.store.engine import is_sqlite
from relance.adapters.store.planning import avoiding
from relance.adapters.store.tables.ledger import account_summaries, items
from relance.core.kernel.identifiers import TenantId
from relance.core.ledger.items import MEMO_TYPES

Conditions = Sequence[ColumnElement[bool]]
Sums = dict[str, tuple[int, int]]
"""Currency to count and amount in minor units."""
Key = tuple[int, int]
"""Number of the due day and number of the item: what orders a list."""
COUNTED: ColumnElement[int] = case((items.c.type.in_(sorted(MEMO_TYPES)), 0), else_=items.c.open_amount)
"""What of an item stands in a sum (D2)."""
_DAY = 2**32
_due = type_coerce(items.c.due_on, Integer)
_KEY = cast(_due, BigInteger) * literal_column(str(_DAY)) + items.c.item_id
"""Both numbers in one."""
_LISTS_BY_SEVERAL = (16,)
_SOME_ACCOUNTS, _SOME_ITEMS, _KNOWN = 1000, 2000, 6


def read_sums(
    connection: Connection, tenant: TenantId, conditions: Conditions, until: Key | None = None
) -> tuple[Sums, list[Key]]:
    """Of all items of which the conditions hold, read once; and which of them are due until then, in no order."""
    if not is_sqlite(connection):
        with avoiding(connection, "sort"):
            return _grouped(connection, conditions, until)
    return _in_columns(connection, tenant, conditions, until)


def tells_first(connection: Connection) -> bool:
    """Whether it costs little to ask for the first items with the sums: before version 16 PostgreSQL would then leave
    all to one process."""
    version = connection.dialect.server_version_info
    return is_sqlite(connection) or (version is not None and version >= _LISTS_BY_SEVERAL)


def added(parts: Iterable[Sums]) -> Sums:
    """The sums of several parts together."""
    together: Sums = {}
    for part in parts:
        for name, (count, amount) in part.items():
            counted, summed = together.get(name, (0, 0))
            together[name] = counted + count, summed + amount
    return dict(sorted(together.items()))


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


def _in_columns(
    connection: Connection, tenant: TenantId, conditions: Conditions, until: Key | None
) -> tuple[Sums, list[Key]]:
    """To group, SQLite would sort: it sums each currency that some accounts tell in a column of its own, and groups
    only what is left."""
    known = some_currencies(connection, tenant)
    columns = [column for currency in known for column in _of_currency(currency)]
    first = () if until is None else (func.group_concat(_KEY).filter(_until(until)),)
    row = connection.execute(select(func.count(), *columns, *first).where(*conditions)).one()
    told = row[1:]
    sums = {currency: (told[2 * at], told[2 * at + 1] or 0) for at, currency in enumerate(known) if told[2 * at]}
    if row[0] > sum(counted for counted, _ in sums.values()):
        sums |= _grouped(connection, [*conditions, items.c.currency.not_in(known)], None)[0]
    found = row[-1] if first and row[-1] else ""
    return dict(sorted(sums.items())), [divmod(int(key), _DAY) for key in found.split(",") if key]


def _of_currency(currency: str) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    mine = items.c.currency == currency
    counted = and_(mine, items.c.type.not_in(sorted(MEMO_TYPES)))
    return func.count().filter(mine), func.sum(items.c.open_amount).filter(counted)


def _grouped(connection: Connection, conditions: Conditions, until: Key | None) -> tuple[Sums, list[Key]]:
    columns = (items.c.currency, func.count(), func.sum(COUNTED))
    first = () if until is None else (func.array_agg(_KEY).filter(_until(until)),)
    query = select(*columns, *first).where(*conditions).group_by(items.c.currency)
    rows = sorted(connection.execute(query), key=lambda row: str(row[0]))
    found = (key for row in rows for key in row[3:] for key in key or ())
    return {row[0]: (row[1], int(row[2])) for row in rows}, [divmod(key, _DAY) for key in found]


def _until(last: Key) -> ColumnElement[bool]:
    day, item = last
    return or_(_due < day, and_(_due == day, items.c.item_id <= item))
