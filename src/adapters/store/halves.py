"""A long question put to two readers, half of the rows each: SQLite answers a statement with one processor."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Connection, Integer, func, literal_column, select, true

from relance.adapters.store.beside import second_reader
from relance.adapters.store.tables.customers import customers
from relance.adapters.store.tables.ledger import items
from relance.core.kernel.identifiers import TenantId

Told = TypeVar("Told")
ROW_OF_ITEM: ColumnElement[int] = literal_column("items.rowid", Integer)
"""Where SQLite has an item in its table, for a question that reads this as it lies."""


class Half(NamedTuple):
    """The rows whose number is up to `last`, or behind it; all rows, where there is none."""

    last: int | None = None
    behind: bool = False

    def of(self, number: ColumnElement[int]) -> ColumnElement[bool]:
        """The condition on the column that has the number."""
        if self.last is None:
            return true()
        return number > self.last if self.behind else number <= self.last


WHOLE = Half()


def by_halves(
    connection: Connection, middle: Callable[[], int], ask: Callable[[Half], Callable[[Connection], Told]]
) -> list[Told]:
    """What one half of the rows tells and what the other does; where one reader is all there is, what all tell.

    Questions are made first, for this may ask things of the connection, and then put to a reader each.
    """
    other = second_reader(connection)
    if other is None:
        return [ask(WHOLE)(connection)]
    last = middle()
    of_first, of_others = ask(Half(last)), ask(Half(last, behind=True))
    with ThreadPoolExecutor(1) as thread:
        told = thread.submit(of_others, other)
        return [of_first(connection), told.result()]


def middle_customer(connection: Connection, tenant: TenantId) -> int:
    """A number that half of the customers have passed, more or less."""
    ends = (select(end(customers.c.customer_id)).where(customers.c.tenant_id == tenant) for end in (func.min, func.max))
    first, last = connection.execute(select(*(end.scalar_subquery() for end in ends))).one()
    return (int(first or 0) + int(last or 0)) // 2


def middle_row(connection: Connection, tenant: TenantId) -> int:
    """The same of the rows of the items as they lie, which is the order they came in, more or less."""
    mine = select(ROW_OF_ITEM).select_from(items).where(items.c.tenant_id == tenant).limit(1)
    ends = (mine.order_by(items.c.item_id), mine.order_by(items.c.item_id.desc()))
    first, last = connection.execute(select(*(end.scalar_subquery() for end in ends))).one()
    return (int(first or 0) + int(last or 0)) // 2
