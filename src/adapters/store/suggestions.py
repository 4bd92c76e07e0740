"""Values to choose from in filters and forms, of one tenant and for one viewer."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from relance.adapters.store.collection import SqlCollection
from relance.adapters.store.custom_names import custom_names, item_custom_names
from relance.adapters.store.entities import SqlEntities
from relance.adapters.store.tables.customers import customer_groups, customers, groups
from relance.adapters.store.tables.intake import sources
from relance.adapters.store.tables.ledger import account_summaries
from relance.adapters.store.tenancy import SqlTenancy
from relance.adapters.store.visibility import theirs
from relance.core.kernel.identifiers import TenantId, UserId
from relance.ports.store.suggestions import Suggestions


class SqlSuggestions:
    """Distinct values, each kind with one statement."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection, self._tenant = connection, tenant

    def suggestions(self, own: UserId | None, fields: bool = False) -> Suggestions:
        """All values; with `own` those of this user's customers."""
        codes = tuple(one.code for one in SqlEntities(self._connection, self._tenant).all())
        return Suggestions(
            entities=codes if len(codes) > 1 else (),
            countries=self._distinct(customers.c.country, own),
            languages=self._distinct(customers.c.language, own),
            currencies=self._currencies(own),
            groups=self._groups(own),
            sources=self._sources(),
            users=tuple(SqlTenancy(self._connection, self._tenant).users()),
            scenarios=tuple(SqlCollection(self._connection, self._tenant).scenarios()),
            custom=custom_names(self._connection, self._tenant, own) if fields else (),
            item_custom=item_custom_names(self._connection, self._tenant) if fields else (),
        )

    def _distinct(self, column: Any, own: UserId | None) -> tuple[str, ...]:
        query = select(column).distinct().where(customers.c.tenant_id == self._tenant, *_mine(own), column != "")
        return tuple(self._connection.execute(query.order_by(column)).scalars())

    def _currencies(self, own: UserId | None) -> tuple[str, ...]:
        column = account_summaries.c.currency
        query = select(column).distinct().where(account_summaries.c.tenant_id == self._tenant)
        if own is not None:
            query = query.where(account_summaries.c.customer_id.in_(self._customers(own)))
        return tuple(self._connection.execute(query.order_by(column)).scalars())

    def _groups(self, own: UserId | None) -> tuple[str, ...]:
        query = select(groups.c.name).where(groups.c.tenant_id == self._tenant)
        if own is not None:
            links = customer_groups.c
            live = select(links.group_id).where(links.tenant_id == self._tenant, links.ended_at.is_(None))
            query = query.where(groups.c.group_id.in_(live.where(links.customer_id.in_(self._customers(own)))))
        return tuple(self._connection.execute(query.order_by(func.lower(groups.c.name))).scalars())

    def _sources(self) -> tuple[str, ...]:
        query = select(sources.c.name).where(sources.c.tenant_id == self._tenant, sources.c.name != "")
        return tuple(self._connection.execute(query.order_by(sources.c.name)).scalars())

    def _customers(self, own: UserId) -> Any:
        return select(customers.c.customer_id).where(customers.c.tenant_id == self._tenant, theirs(own))


def _mine(own: UserId | None) -> list[ColumnElement[bool]]:
    return [] if own is None else [theirs(own)]
