"""Customers with an item of which a condition holds: how each database finds them at the least cost."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Connection, func, literal, literal_column, or_, select

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
_SOME = 500
_BY_SEVERAL = "select set_config('parallel_setup_cost', '100', true), set_config('parallel_tuple_cost', '0.01', true)"
"""Until the end of the transaction PostgreSQL thinks well of dividing a large table among processes."""


def has_item(
    connection: Connection, tenant: TenantId, search: Search, condition: ColumnElement[bool]
) -> ColumnElement[bool]:
    """On rows of `customers`: one of their items, an open one unless the search asks for others, fulfils it.

    Where most items fulfil it, both databases walk the items of each customer until one does. Where few do, the items
    are read once as they lie: PostgreSQL does it with several processes; left to itself it looks at all of them in the
    order of customers, page by page. SQLite needs it only for what its index of open items lacks.
    """
    lite = is_sqlite(connection)
    if (lite and not _reads_the_table(search)) or _holds_for_most(connection, tenant, search, condition):
        return has_item_each(search, condition)
    mine = (_BESIDE_INDEXES if lite and not _has_an_index(search) else items.c.tenant_id) == tenant
    found = select(items.c.customer_id).where(mine, open_unless_asked(search), condition).correlate(None)
    if not lite:
        connection.exec_driver_sql(_BY_SEVERAL)
        found = select(found.group_by(items.c.customer_id).cte().prefix_with("materialized"))
    return customers.c.customer_id.in_(found)


def has_item_each(search: Search, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """The same by walking the items of each customer: the least where most hold, or few customers are asked of."""
    indexed = (IS_OPEN, IS_SETTLED) if asks_settled(search) else (IS_OPEN,)
    return or_(*(_walked(lies_there, condition) for lies_there in indexed))


def _holds_for_most(connection: Connection, tenant: TenantId, search: Search, condition: ColumnElement[bool]) -> bool:
    """Whether so many of some items fulfil it that one of each customer's is soon found."""
    mine = items.c.tenant_id == tenant
    some = select(items.c.item_id).where(mine, open_unless_asked(search)).limit(_SOME)
    fulfil = select(func.count()).select_from(items).where(mine, items.c.item_id.in_(some), condition)
    return int(connection.execute(fulfil).scalar_one()) * 2 > _SOME


def _walked(lies_there: ColumnElement[bool], condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """With an offset that skips nothing: PostgreSQL makes no join of such a question."""
    one = select(literal(1)).where(
        items.c.tenant_id == customers.c.tenant_id,
        items.c.customer_id == customers.c.customer_id,
        lies_there,
        condition,
    )
    return one.correlate(customers).offset(0).exists()


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
