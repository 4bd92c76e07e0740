"""Customers with an item of which a condition holds: how each database finds them at the least cost."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Connection, Select, case, func, literal, literal_column, or_, select, union_all

from relance.adapters.store.engine import is_sqlite
from relance.adapters.store.searching_items import IS_OPEN, IS_SETTLED, asks_settled, open_unless_asked
from relance.adapters.store.tables.customers import customers
from relance.adapters.store.tables.ledger import items
from relance.core.customers.criteria import ITEM_CUSTOM
from relance.core.customers.search import Clause, Every, Not, Search, clauses_of
from relance.core.kernel.identifiers import CustomerId, TenantId

_BESIDE_INDEX = frozenset(("item.number", "item.unique-key", "item.reference", "item.order-number"))
"""Of these, and of the tenant's own fields, the index of open items knows nothing."""
_BESIDE_INDEXES: ColumnElement[int] = literal_column("+items.tenant_id")
"""A sign that makes SQLite use no index for the column."""
_KEPT_BY_INDEX, _EXACT = frozenset(("item.number", "item.unique-key")), frozenset(("=", "in"))
_SAYING = frozenset(("=", "in", "contains"))
_MOST = frozenset(("!=", "not in"))
_FEW = 400
"""So many customers have their items looked up one by one."""
_SOME_CUSTOMERS, _SOME_ITEMS = 40, 800
_FIRST_ITEM_TELLS, _NEARLY_ALL, _MANY = 0.07, 0.1, 0.3
"""Shares of the items that a walk sees: up to the first it is the quickest, and over the other the slowest."""
_SEVERAL = "select set_config('parallel_setup_cost', '4000', true), set_config('parallel_tuple_cost', '0.01', true)"


def by_several(connection: Connection) -> None:
    """Until the end of the transaction PostgreSQL thinks well of dividing a large table among processes."""
    if not is_sqlite(connection):
        connection.exec_driver_sql(_SEVERAL)


def has_item(
    connection: Connection, tenant: TenantId, search: Search, condition: ColumnElement[bool]
) -> ColumnElement[bool]:
    """On rows of `customers`: one of their items, an open one unless the search asks for others, fulfils it.

    Where nearly all customers have such an item, both databases walk the items of each until one is found. Where many
    have, PostgreSQL joins both tables with several processes. Where few have, the items are read once as they lie: left
    to itself PostgreSQL would look at all of them in the order of customers, page by page. SQLite needs that only for
    what its index of open items lacks.
    """
    if is_sqlite(connection) and not _reads_the_table(search):
        return has_item_each(connection, search, condition)
    walked = _share_walked(connection, tenant, search, condition)
    if is_sqlite(connection):
        return (
            has_item_each(connection, search, condition)
            if walked < _MANY
            else _among_holders(tenant, search, condition)
        )
    by_several(connection)
    if walked < _NEARLY_ALL:
        return has_item_each(connection, search, condition)
    if walked < _MANY:
        return _one_of(open_unless_asked(search), condition).exists()
    found = _holders(items.c.tenant_id == tenant, search, condition)
    return customers.c.customer_id.in_(select(found.group_by(items.c.customer_id).cte().prefix_with("materialized")))


def holders_at_once(
    connection: Connection, tenant: TenantId, search: Search, condition: ColumnElement[bool]
) -> Select[tuple[CustomerId]] | None:
    """The customers with an item of which a condition holds, each once; None where walking them is the better way.

    PostgreSQL reads the items as they lie with several processes, and the table of customers not at all.
    """
    if is_sqlite(connection) or _share_walked(connection, tenant, search, condition) < _FIRST_ITEM_TELLS:
        return None
    by_several(connection)
    return _holders(items.c.tenant_id == tenant, search, condition).group_by(items.c.customer_id)


def of_customers(connection: Connection, tenant: TenantId, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """On rows of `items`: their customer is one of whom a condition on `customers` holds.

    Few customers are named, and an index finds their items. Of many, PostgreSQL would look all over the table for the
    items of each: asked for the truth of a membership, it makes a table of them and reads the items as they lie.
    """
    theirs = select(customers.c.customer_id).where(customers.c.tenant_id == tenant, condition).correlate(None)
    few = connection.execute(theirs.limit(_FEW + 1)).scalars().all()
    if len(few) <= _FEW:
        return items.c.customer_id.in_(few)
    many = items.c.customer_id.in_(theirs)
    return many if is_sqlite(connection) else many.is_(True)


def _among_holders(tenant: TenantId, search: Search, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    if _tells_own_field(search):
        found = _holders(items.c.tenant_id == tenant, search, condition)
        return customers.c.customer_id.in_(found.where(items.c.custom.is_not(None)))
    mine = items.c.tenant_id if names_items(search) else _BESIDE_INDEXES
    return customers.c.customer_id.in_(_holders(mine == tenant, search, condition))


def _holders(mine: ColumnElement[bool], search: Search, condition: ColumnElement[bool]) -> Select[tuple[CustomerId]]:
    return select(items.c.customer_id).where(mine, open_unless_asked(search), condition).correlate(None)


def has_item_each(connection: Connection, search: Search, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """The same by walking the items of each customer: the least where most hold, or few customers are asked of."""
    return or_(*(_walked(connection, lies_there, condition) for lies_there in _places(search)))


def _places(search: Search) -> tuple[ColumnElement[bool], ...]:
    """Where the items asked for stand, an index each; an open item has no day on which it was settled."""
    if _asks_when_settled(search):
        return (IS_SETTLED,)
    return (IS_OPEN, IS_SETTLED) if asks_settled(search) else (IS_OPEN,)


def _share_walked(connection: Connection, tenant: TenantId, search: Search, condition: ColumnElement[bool]) -> float:
    """Which share of the items a walk over each customer's would see, as some customers tell.

    It ends with the first item that fulfils the condition, wherever that stands; of a customer who has none it sees
    all. That many fulfil it is not enough: they may be a few customers'.
    """
    some = select(customers.c.customer_id).where(customers.c.tenant_id == tenant).limit(_SOME_CUSTOMERS)
    theirs = union_all(*(_items_of(tenant, some, lies_there, condition) for lies_there in _places(search))).subquery()
    counted = select(func.count(), func.sum(theirs.c.fulfils)).group_by(theirs.c.customer_id)
    counts = [(int(there), int(fulfil)) for there, fulfil in connection.execute(counted)]
    walked = sum(there / (fulfil + 1) for there, fulfil in counts)
    return walked / sum(there for there, _ in counts) if counts else 1.0


def _items_of(
    tenant: TenantId, some: Select[tuple[CustomerId]], lies_there: ColumnElement[bool], condition: ColumnElement[bool]
) -> Select[tuple[CustomerId, int]]:
    """Some items of some customers, where one index has them, and whether they fulfil the condition."""
    fulfils = select(items.c.customer_id, case((condition, 1), else_=0).label("fulfils"))
    theirs = fulfils.where(items.c.tenant_id == tenant, lies_there, items.c.customer_id.in_(some))
    return select(theirs.limit(_SOME_ITEMS).subquery())


def _walked(
    connection: Connection, lies_there: ColumnElement[bool], condition: ColumnElement[bool]
) -> ColumnElement[bool]:
    """With an offset that skips nothing: PostgreSQL makes no join of such a question."""
    one = _one_of(lies_there, condition)
    return (one if is_sqlite(connection) else one.offset(0)).exists()


def _one_of(*conditions: ColumnElement[bool]) -> Select[int]:
    one = select(literal(1)).where(
        items.c.tenant_id == customers.c.tenant_id, items.c.customer_id == customers.c.customer_id, *conditions
    )
    return one.correlate(customers)


def _reads_the_table(search: Search) -> bool:
    """Whether it looks for few items by what stands only in the table."""
    return any(
        clause.operator not in _MOST and not turned
        for clause, turned in _told(search)
        if clause.criterion in _BESIDE_INDEX or clause.criterion.startswith(ITEM_CUSTOM)
    )


def asks_beside_index(search: Search) -> bool:
    """Whether it asks of items what stands only in the table."""
    names = (clause.criterion for clause in clauses_of(search))
    return any(name in _BESIDE_INDEX or name.startswith(ITEM_CUSTOM) for name in names)


def _asks_when_settled(search: Search) -> bool:
    """Whether all that it asks for was settled on some day."""
    parts = search.parts if isinstance(search, Every) else (search,)
    days = (part for part in parts if isinstance(part, Clause) and part.criterion == "item.settled")
    return any(part.operator not in {*_MOST, "is empty"} for part in days)


def names_items(search: Search) -> bool:
    """Whether it names items by what an index of their own finds."""
    parts = search.parts if isinstance(search, Every) else (search,)
    return any(
        isinstance(part, Clause) and part.criterion in _KEPT_BY_INDEX and part.operator in _EXACT for part in parts
    )


def _tells_own_field(search: Search) -> bool:
    """Whether it asks for open items by what a field of the tenant's own says: SQLite has an index of these."""
    parts = search.parts if isinstance(search, Every) else (search,)
    return not asks_settled(search) and any(
        isinstance(part, Clause) and part.criterion.startswith(ITEM_CUSTOM) and part.operator in _SAYING
        for part in parts
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
