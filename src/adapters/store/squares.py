"""Alerts on SQLAlchemy: all of them in one statement, asked of the customers of one page (B7)."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import Connection, case, select

from relance.adapters.store.saved_searches import SqlSavedSearches
from relance.adapters.store.searching import Searching
from relance.adapters.store.tables.customers import customers
from relance.core.customers.squares import Square, square_of
from relance.core.kernel.identifiers import CustomerId, TenantId

_FEW = 500
"""Of more customers than a page shows, everybody is asked: a statement takes so many numbers only."""


class SqlSquares:
    """Alerts of one tenant."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection, self._tenant = connection, tenant

    def all(self) -> list[Square]:
        """Every alert, in the order in which they were made."""
        return [square_of(alert) for alert in SqlSavedSearches(self._connection, self._tenant).alerts()]

    def of(self, asked: Collection[CustomerId], today: date) -> dict[CustomerId, tuple[Square, ...]]:
        """The alerts that these customers raise on the day."""
        wanted = set(asked)
        among = sorted(wanted)
        alerts = SqlSavedSearches(self._connection, self._tenant).alerts() if among else []
        if not alerts:
            return {}
        few = among if len(among) <= _FEW else None
        searching = Searching(self._connection, self._tenant, today, few)
        raised = [case((searching.customers(alert.search), 1), else_=0) for alert in alerts]
        labels = [column.label(f"raised_{place}") for place, column in enumerate(raised)]
        query = select(customers.c.customer_id, *labels)
        query = query.where(customers.c.tenant_id == self._tenant)
        if few is not None:
            query = query.where(customers.c.customer_id.in_(few))
        squares = [square_of(alert) for alert in alerts]
        found = {
            CustomerId(number): tuple(square for square, is_raised in zip(squares, flags, strict=True) if is_raised)
            for number, *flags in self._connection.execute(query)
        }
        return {customer: theirs for customer, theirs in found.items() if theirs and customer in wanted}
