"""Customers with an item of which a condition holds: how each database finds them at the least cost."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Connection, literal, literal_column, or_, select

from relance.adapters.store.engine import is_sqlite
from relance.adapters.store.searching_items import IS_OPEN, IS_SETTLED, asks_settled, open_unless_asked
from relance.adapters.store.tables.customers import customers
from relance.adapters.store.tables.ledger import items
from relance.core.customers.criteria import ITEM_CUSTOM
from relance.core.customers.search import Clause, Every, Not, Search, clauses_of
from relance.core.kernel.identifiers import TenantId

_BESIDE_INDEX = frozenset(("item.number", "item.unique-key", "item.reference", "item.order-number"))
"""Of these, and of the tenant's own fields, the index of open items knows nothing."""
_BESIDE_INDEXES: ColumnElement[int] = literal_column("+items.tenant_id")
"""A sign that makes SQLite use no index for the column."""
_KEPT_BY_INDEX, _EXACT = frozenset(("item.number", "item.unique-key")), frozenset(("=", "in"))
_MOST = frozenset(("!=", "not in"))


def has_item(
    connection: Connection, tenant: TenantId, search: Search, condition: ColumnElement[bool]
) -> ColumnElement[bool]:
    """On rows of `customers`: one of their items, an open one unless the search asks for others, fulfils it.

    SQLite walks the items of each customer until one does: by index, in the order of customers. Where the index lacks
    a column and few items are wanted, it reads the table as it lies instead. PostgreSQL chooses by itself.
    """
    whole = is_sqlite(connection) and _reads_the_table(search)
    if whole or not is_sqlite(connection):
        mine = (_BESIDE_INDEXES if whole and not _has_an_index(search) else items.c.tenant_id) == tenant
        found = select(items.c.customer_id).where(mine, open_unless_asked(search), condition)
        return customers.c.customer_id.in_(found.correlate(None))
    indexed = (IS_OPEN, IS_SETTLED) if asks_settled(search) else (IS_OPEN,)
    return or_(*(_walked(lies_there, condition) for lies_there in indexed))


def _walked(lies_there: ColumnElement[bool], condition: ColumnElement[bool]) -> ColumnElement[bool]:
    one = select(literal(1)).where(
        items.c.tenant_id == customers.c.tenant_id,
        items.c.customer_id == customers.c.customer_id,
        lies_there,
        condition,
    )
    return one.correlate(customers).exists()


def _reads_the_table(search: Search) -> bool:
    """Whether it looks for few items by what stands only in the table."""
    return any(
        clause.operator not in _MOST and not turned
        for clause, turned in _told(search)
        if clause.criterion in _BESIDE_INDEX or clause.criterion.startswith(ITEM_CUSTOM)
    )


def _has_an_index(search: Search) -> bool:
    """Whether it names items by what an index of their own finds."""
    return isinstance(search, Every) and any(
        isinstance(part, Clause) and part.criterion in _KEPT_BY_INDEX and part.operator in _EXACT
        for part in search.parts
    )


def _told(search: Search) -> Iterator[tuple[Clause, bool]]:
    """Each clause, and whether what it says is turned round by a `not` before it."""
    if isinstance(search, Clause):
        yield search, False
    elif isinstance(search, Not):
        yield from ((clause, True) for clause in clauses_of(search.part))
    else:
        for part in search.parts:
            yield from _told(part)
