"""A long question put to two readers, half of the rows each: SQLite answers a statement with one processor."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from sqlalchemy import ColumnElement, Connection, Integer, func, literal_column, select, true

from relance.adapters.store.beside import second_reader
from relance.adapters.store.tables.customers import customers
from relance.core.kernel.identifiers import TenantId

Told = TypeVar("Told")


def by_halves(
    connection: Connection,
    middle: Callable[[], ColumnElement[bool]],
    ask: Callable[[Connection, ColumnElement[bool]], Told],
) -> list[Told]:
    """What the first half tells and what the second does; `middle` makes the condition of the first.

    Where one reader is all there is, the same of all rows at once.
    """
    other = second_reader(connection)
    if other is None:
        return [ask(connection, true())]
    first = middle()
    with ThreadPoolExecutor(1) as thread:
        told = thread.submit(ask, other, ~first)
        return [ask(connection, first), told.result()]


def half_of_customers(connection: Connection, tenant: TenantId, number: ColumnElement[int]) -> ColumnElement[bool]:
    """The customers with the lower numbers."""
    mine = select(func.min(customers.c.customer_id)).where(customers.c.tenant_id == tenant)
    most = select(func.max(customers.c.customer_id)).where(customers.c.tenant_id == tenant)
    least, last = connection.execute(select(mine.scalar_subquery(), most.scalar_subquery())).one()
    return number <= ((least or 0) + (last or 0)) // 2


def half_of_table(connection: Connection) -> ColumnElement[bool]:
    """The items that lie first in the table of all tenants."""
    last = connection.exec_driver_sql("select max(rowid) from items").scalar()
    row: ColumnElement[int] = literal_column("items.rowid", Integer)
    return row <= int(last or 0) // 2
