"""Finding anything on SQLAlchemy: each kind in one statement that an index or the customers alone answer."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, exists, func, literal_column, or_, select

from relance.adapters.store.engine import is_sqlite
from relance.adapters.store.search import contains
from relance.adapters.store.tables.customers import customers
from relance.adapters.store.tables.ledger import account_summaries, items
from relance.adapters.store.visibility import theirs
from relance.core.kernel.identifiers import EntityId, TenantId, UserId
from relance.core.kernel.money import to_minor
from relance.ports.store.palette import Between, CustomerHit, ItemHit

_LAST = "\U0010ffff"
_IS_OPEN = items.c.open_amount != literal_column("0")
"""Written out: an index of open items is used only where the statement itself says so."""
_OWNER = (items.c.tenant_id == customers.c.tenant_id) & (items.c.customer_id == customers.c.customer_id)
_SUMMED = and_(
    account_summaries.c.tenant_id == customers.c.tenant_id,
    account_summaries.c.customer_id == customers.c.customer_id,
    account_summaries.c.open_items > 0,
)


class SqlPalette:
    """A few things of one tenant."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection, self._tenant = connection, tenant

    def customers(self, text: str, own: UserId | None, limit: int) -> list[CustomerHit]:
        """By code or name; what begins with the text stands first."""
        c, typed = customers.c, text.strip().lower()
        begins = [func.substr(func.lower(column), 1, len(typed)) == typed for column in (c.code, c.name)]
        rank = case((func.lower(c.code) == typed, 0), (begins[0], 1), (begins[1], 2), else_=3)
        found = self._those(own).where(or_(contains(c.code, text), contains(c.name, text)))
        return self._with_figures(found.order_by(rank, func.lower(c.name), c.code).limit(limit))

    def customers_of(self, codes: Sequence[str], own: UserId | None) -> list[CustomerHit]:
        """Those of some codes, in the order of the codes."""
        hits = self._with_figures(self._those(own).where(customers.c.code.in_(codes)))
        return sorted(hits, key=lambda hit: codes.index(hit.code))

    def items(self, text: str, own: UserId | None, limit: int) -> list[ItemHit]:
        """Open items whose number begins with the text as it is typed, or in capitals."""
        typed = text.strip()
        ranges = dict.fromkeys((typed, typed.upper()))  # each asked alone: an index answers no two at once
        found = {hit.item: hit for start in ranges for hit in self._items(self._begins(start), own, limit)}
        return list(found.values())[:limit]

    def items_of_amount(self, amount: Between, own: UserId | None, limit: int) -> list[ItemHit]:
        """Open items with such an open amount."""
        return self._items(self._within(amount, items.c.currency, items.c.open_amount), own, limit)

    def customers_of_amount(self, amount: Between, own: UserId | None, limit: int) -> list[CustomerHit]:
        """Customers with such a balance or overdue amount in one currency."""
        s = account_summaries.c
        query = (
            select(customers.c.entity_id.label("entity"), customers.c.code, customers.c.name)
            .add_columns(s.currency, s.balance, s.overdue)
            .select_from(customers.join(account_summaries, _SUMMED))
            .where(s.tenant_id == self._tenant, self._within(amount, s.currency, s.balance, s.overdue), *_mine(own))
            .order_by(s.overdue.desc(), customers.c.code)
            .limit(limit)
        )
        return [CustomerHit(**row._mapping) for row in self._connection.execute(query)]

    def _those(self, own: UserId | None) -> Select[Any]:
        return select(customers.c.customer_id).where(customers.c.tenant_id == self._tenant, *_mine(own))

    def _with_figures(self, found: Select[Any]) -> list[CustomerHit]:
        """The customers in the order in which they were found, with the currency in which each owes most."""
        order = {number: place for place, number in enumerate(self._connection.execute(found).scalars())}
        s = account_summaries.c
        query = (
            select(customers.c.customer_id, customers.c.entity_id, customers.c.code, customers.c.name)
            .add_columns(s.currency, s.balance, s.overdue)
            .select_from(customers.outerjoin(account_summaries, _SUMMED))
            .where(customers.c.tenant_id == self._tenant, customers.c.customer_id.in_(order))
            .order_by(s.overdue, s.balance)
        )
        hits = {row[0]: _hit(*row[1:]) for row in self._connection.execute(query)}
        return [hits[number] for number in sorted(hits, key=order.__getitem__)]

    def _items(self, such: ColumnElement[bool], own: UserId | None, limit: int) -> list[ItemHit]:
        """First the few numbers, which SQLite finds in the index of open items alone; then what is shown of these."""
        i, c = items.c, customers.c
        mine = [exists().where(_OWNER, *_mine(own))] if own is not None else []
        few = select(i.item_id).where(i.tenant_id == self._tenant, _IS_OPEN, such, *mine)
        numbers = list(self._connection.execute(few.order_by(i.number, i.item_id).limit(limit)).scalars())
        shown = select(i.item_id, i.number, i.type, c.code, c.name, i.currency, i.open_amount, i.due_on)
        shown = shown.select_from(items.join(customers, _OWNER))
        shown = shown.where(i.tenant_id == self._tenant, i.item_id.in_(numbers)).order_by(i.number, i.item_id)
        names = ("item", "number", "type", "code", "customer", "currency", "open_amount", "due_on")
        return [ItemHit(**dict(zip(names, row, strict=True))) for row in self._connection.execute(shown)]

    def _begins(self, start: str) -> ColumnElement[bool]:
        """A range by bytes, which neither database has to fold."""
        number = items.c.number
        if is_sqlite(self._connection):
            return and_(number >= start, number < start + _LAST)
        return and_(number.op("~>=~")(start), number.op("~<~")(start + _LAST))

    def _within(self, amount: Between, currency: Any, *columns: Any) -> ColumnElement[bool]:
        used = select(account_summaries.c.currency).distinct().where(account_summaries.c.tenant_id == self._tenant)
        each = []
        for code in self._connection.execute(used).scalars():
            low, high = to_minor(amount.low, code)[0], to_minor(amount.high, code)[0]
            within = [or_(column.between(low, high), column.between(-high, -low)) for column in columns]
            each.append(and_(currency == code, or_(*within)))
        return or_(*each) if each else currency.is_(None)


def _hit(entity: EntityId, code: str, name: str, *figures: Any) -> CustomerHit:
    currency, balance, overdue = figures
    return CustomerHit(
        entity=entity, code=code, name=name, currency=currency or "", balance=balance or 0, overdue=overdue or 0
    )


def _mine(own: UserId | None) -> list[ColumnElement[bool]]:
    return [] if own is None else [theirs(own)]
