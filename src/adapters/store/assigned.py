"""A customer's groups, colleagues and further details, each value with where it comes from (A5)."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, func, insert, literal, select, update

from relance.adapters.store.tables.customers import customer_colleagues, customer_groups, customers, groups
from relance.adapters.store.tables.tenancy import tenants, users
from relance.adapters.store.tenancy import SqlTenancy
from relance.adapters.store.visibility import theirs
from relance.core.kernel.identifiers import CustomerId, TenantId, UserId
from relance.ports.store.assigned import Assigned, Details, Given, LinkKind

_LINKS: dict[LinkKind, tuple[Table, str]] = {
    "group": (customer_groups, "group_id"),
    "colleague": (customer_colleagues, "user_id"),
}

_NAMED = 2_000
"""As many customers are named in a statement; of more, all of the tenant are read."""


class SqlAssigned:
    """Reads what is assigned to customers of one tenant."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection, self._tenant = connection, tenant

    def of(self, customer: CustomerId) -> Assigned:
        """The groups and colleagues as they are now."""
        in_group = (groups.c.tenant_id == self._tenant) & (groups.c.group_id == customer_groups.c.group_id)
        person = (users.c.tenant_id == self._tenant) & (users.c.user_id == customer_colleagues.c.user_id)
        return Assigned(
            groups=self._given(customer_groups, customer, groups, in_group, (literal(""), literal(True))),
            colleagues=self._given(customer_colleagues, customer, users, person, (users.c.email, users.c.active)),
        )

    def begin(self, kind: LinkKind, customer: CustomerId, other: int, author: str, at: datetime) -> None:
        """Link a customer with a group or a colleague, as a person's word."""
        table, column = _LINKS[kind]
        number = SqlTenancy(self._connection, self._tenant).next_numbers(table.name, 1)
        row = {"tenant_id": self._tenant, "link_id": number, "customer_id": customer, column: other}
        self._connection.execute(insert(table), row | {"origin": "person", "author": author, "at": at})

    def end(self, kind: LinkKind, customer: CustomerId, other: int, at: datetime) -> None:
        """End such a link, as a person's word."""
        table, column = _LINKS[kind]
        live = (table.c.tenant_id == self._tenant, table.c.customer_id == customer, table.c.ended_at.is_(None))
        ended = update(table).where(*live, table.c[column] == other)
        self._connection.execute(ended.values(ended_at=at, ended_origin="person"))

    def groups_of(self, customers: Collection[CustomerId]) -> dict[CustomerId, tuple[str, ...]]:
        """The groups of some customers."""
        return self._names_of(customer_groups, groups, "group_id", customers)

    def colleagues_of(self, customers: Collection[CustomerId]) -> dict[CustomerId, tuple[str, ...]]:
        """The colleagues of some customers."""
        return self._names_of(customer_colleagues, users, "user_id", customers)

    def _names_of(
        self, links: Table, other: Table, number: str, wanted: Collection[CustomerId]
    ) -> dict[CustomerId, tuple[str, ...]]:
        """In one statement, whatever their number."""
        both = (other.c.tenant_id == links.c.tenant_id) & (other.c[number] == links.c[number])
        query = select(links.c.customer_id, other.c.name).select_from(links.join(other, both))
        query = query.where(links.c.tenant_id == self._tenant, links.c.ended_at.is_(None))
        if len(wanted) <= _NAMED:
            query = query.where(links.c.customer_id.in_(wanted))
        found: dict[CustomerId, tuple[str, ...]] = {}
        for customer, name in self._connection.execute(query.order_by(func.lower(other.c.name))):
            if customer in wanted:
                found[customer] = (*found.get(customer, ()), name)
        return found

    def seen_by(self, user: UserId | None, wanted: Collection[CustomerId]) -> frozenset[CustomerId]:
        """Those of the customers that are the user's own."""
        query = select(customers.c.customer_id).where(customers.c.tenant_id == self._tenant, theirs(user))
        return frozenset(wanted).intersection(self._connection.execute(query).scalars())

    def details(self, customer: CustomerId) -> Details:
        """The further details; amounts count in the customer's currency, else the tenant's."""
        c = customers.c
        tenants_own = select(tenants.c.currency).where(tenants.c.tenant_id == self._tenant).scalar_subquery()
        query = select(
            func.coalesce(func.nullif(c.currency, ""), tenants_own), c.credit_limit, c.order_backlog, c.state, c.url
        ).add_columns(c.custom)
        row = self._connection.execute(query.where(c.tenant_id == self._tenant, c.customer_id == customer)).one()
        currency, credit_limit, order_backlog, state, url, custom = row
        return Details(
            currency=currency,
            credit_limit=credit_limit,
            order_backlog=order_backlog,
            state=state,
            url=url,
            custom={name: str(value) for name, value in (custom or {}).items() if value},
        )

    def _given(
        self, links: Any, customer: CustomerId, other: Any, same: Any, more: tuple[Any, Any]
    ) -> tuple[Given, ...]:
        query = (
            select(other.c.name, links.c.origin, links.c.author, links.c.at, *more)
            .select_from(links.join(other, same))
            .where(links.c.tenant_id == self._tenant, links.c.customer_id == customer, links.c.ended_at.is_(None))
            .order_by(func.lower(other.c.name))
        )
        names = ("name", "origin", "author", "at", "email", "active")
        return tuple(Given(**dict(zip(names, row, strict=True))) for row in self._connection.execute(query))
