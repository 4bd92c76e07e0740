"""Clauses about items, on the row of one item."""

from datetime import date

from sqlalchemy import ColumnElement, Connection, Integer, and_, case, func, literal_column, select, true, type_coerce

from relance.adapters.store.searching_custom import custom_clause
from relance.adapters.store.searching_values import (
    amount_clause,
    day_clause,
    number_clause,
    text_clause,
)
from relance.adapters.store.tables.intake import sources
from relance.adapters.store.tables.ledger import items
from relance.core.customers.criteria import ITEM_CUSTOM, criterion_of
from relance.core.customers.search import Clause, Search, clauses_of
from relance.core.kernel.days import day_number
from relance.core.kernel.identifiers import TenantId

_TEXTS = {
    "item.number": items.c.number,
    "item.type": items.c.type,
    "item.status": func.coalesce(items.c.hold, ""),
    "item.currency": items.c.currency,
    "item.payment-method": items.c.payment_method,
    "item.unique-key": items.c.unique_key,
    "item.reference": items.c.reference,
    "item.order-number": items.c.order_number,
}
_DAYS = {
    "item.issued": items.c.issued_on,
    "item.due": items.c.due_on,
    "item.held-until": items.c.hold_until,
    "item.settled": items.c.settled_on,
    "item.paid": items.c.paid_on,
}
_AMOUNTS = {"item.amount": items.c.amount, "item.open": items.c.open_amount}
_ZERO: ColumnElement[int] = literal_column("0")
IS_OPEN, IS_SETTLED = items.c.open_amount != _ZERO, items.c.open_amount == _ZERO
"""Spelt as the indexes of open and settled items are: a bound zero would not let SQLite use them."""
_SETTLED = frozenset(("item.settled", "item.paid"))


def item_clause(connection: Connection, tenant: TenantId, clause: Clause, today: date) -> ColumnElement[bool]:
    """Whether an item fulfils the clause."""
    name = clause.criterion
    if name == "item.status" and clause.operator == "contains":
        return and_(items.c.hold.is_not(None), text_clause(items.c.hold, clause))
    if name in _TEXTS:
        return text_clause(_TEXTS[name], clause, criterion_of(name).sort == "code")
    if name in _DAYS:
        return day_clause(_DAYS[name], clause, today)
    if name in _AMOUNTS:
        return amount_clause(_AMOUNTS[name], items.c.currency, clause)
    if name == "item.source":
        return _of_source(connection, tenant, clause)
    if name == "item.step":
        return number_clause(items.c.step_done, clause)
    if name == "item.days-overdue":
        return number_clause(_days_overdue(today), clause)
    return custom_clause(connection, items.c.custom, name.removeprefix(ITEM_CUSTOM), clause)


def open_unless_asked(search: Search) -> ColumnElement[bool]:
    """Items are open ones, unless the search asks when they were settled or paid."""
    return true() if asks_settled(search) else IS_OPEN


def asks_settled(search: Search) -> bool:
    """Whether the search asks when items were settled or paid."""
    return any(clause.criterion in _SETTLED for clause in clauses_of(search))


def _of_source(connection: Connection, tenant: TenantId, clause: Clause) -> ColumnElement[bool]:
    """By the numbers of the sources with such names, which are few: they are asked first."""
    named = select(sources.c.source_id).where(
        sources.c.tenant_id == tenant, text_clause(sources.c.name, clause, exact=True)
    )
    return items.c.source_id.in_(connection.execute(named).scalars().all())


def _days_overdue(today: date) -> ColumnElement[int]:
    late = and_(items.c.open_amount > 0, items.c.due_on < today)
    return case((late, day_number(today) - type_coerce(items.c.due_on, Integer)), else_=0)
