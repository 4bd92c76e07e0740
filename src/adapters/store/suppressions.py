"""Suppressed addresses and returned mail on SQLAlchemy."""

from collections.abc import Collection
from typing import Any

import msgspec
from sqlalchemy import Connection, and_, delete, exists, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from relance.adapters.store.search import contains
from relance.adapters.store.tables.collection import messages
from relance.adapters.store.tables.customers import contacts, customers
from relance.adapters.store.tables.delivery import bounces, suppressions
from relance.adapters.store.tenancy import SqlTenancy
from relance.adapters.store.visibility import theirs
from relance.core.collection.bounces import Bounce
from relance.core.kernel.errors import NotFound
from relance.core.kernel.identifiers import ActionId, CustomerId, TenantId, UserId
from relance.ports.store.suppressions import Suggestion, Suppression

_S, _B = suppressions.c, bounces.c


class SqlSuppressions:
    """One tenant's."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection, self._tenant = connection, tenant

    def listed(self, search: str, after: str, limit: int) -> list[Suppression]:
        """By address."""
        query = select(suppressions).where(_S.tenant_id == self._tenant, _S.address > after.lower())
        if search.strip():
            query = query.where(contains(_S.address, search))
        return [_suppression(row) for row in self._connection.execute(query.order_by(_S.address).limit(limit))]

    def suggested(self, limit: int, own: UserId | None) -> list[Suggestion]:
        """Contacts still marked by a bounce for good, whose address is not suppressed."""
        address = func.lower(contacts.c.email)
        silenced = exists().where(_S.tenant_id == contacts.c.tenant_id, _S.address == address)
        final = exists().where(
            _B.tenant_id == contacts.c.tenant_id, _B.address == address, _B.kind.in_(["hard", "complaint"])
        )
        same = and_(customers.c.tenant_id == contacts.c.tenant_id, customers.c.customer_id == contacts.c.customer_id)
        query = (
            select(contacts.c.email, contacts.c.bounced_why, contacts.c.bounced_at)
            .add_columns(customers.c.entity_id, customers.c.code, customers.c.name)
            .select_from(contacts.join(customers, same))
            .where(contacts.c.tenant_id == self._tenant, contacts.c.bounced_at.is_not(None))
            .where(func.lower(contacts.c.bounced) == address, final, ~silenced)
            .order_by(contacts.c.bounced_at.desc(), contacts.c.contact_id)
            .limit(limit)
        )
        if own is not None:
            query = query.where(theirs(own))
        rows = self._connection.execute(query)
        return [
            Suggestion(
                address=email, kind="hard", said=why, at=at, entity=entity, customer_code=code, customer_name=name
            )
            for email, why, at, entity, code, name in rows
        ]

    def add(self, one: Suppression) -> bool:
        """Keep it unless it is there."""
        row = msgspec.structs.asdict(one) | {"tenant_id": self._tenant, "written": one.address}
        row["address"] = one.address.lower()
        return self._new(suppressions, row)

    def remove(self, address: str) -> Suppression:
        """Take it away; raises NotFound."""
        here = (_S.tenant_id == self._tenant, _S.address == address.strip().lower())
        row = self._connection.execute(select(suppressions).where(*here)).first()
        if row is None:
            raise NotFound("this address is not suppressed")
        self._connection.execute(delete(suppressions).where(*here))
        return _suppression(row)

    def bounced(self, one: Bounce) -> bool:
        """Append a report unless it is known."""
        known = select(_B.bounce_id).where(_B.tenant_id == self._tenant, _B.event == one.event)
        if self._connection.execute(known).first():
            return False
        number = SqlTenancy(self._connection, self._tenant).next_numbers("bounces", 1)
        row = msgspec.structs.asdict(one) | {"tenant_id": self._tenant, "bounce_id": number}
        row["action_id"], row["address"] = row.pop("action"), one.address.lower()
        self._connection.execute(insert(bounces), row)
        return True

    def messages_named(self, references: Collection[str]) -> dict[str, tuple[ActionId, int]]:
        """Action and generation by Message-ID."""
        query = select(messages.c.message_id, messages.c.action_id, messages.c.generation).where(
            messages.c.tenant_id == self._tenant, messages.c.message_id.in_(list(references))
        )
        return {name: (ActionId(action), generation) for name, action, generation in self._connection.execute(query)}

    def reached_at(self, number: str) -> list[CustomerId]:
        """Customers with a contact of this mobile number."""
        query = select(contacts.c.customer_id).distinct().order_by(contacts.c.customer_id)
        here = (contacts.c.tenant_id == self._tenant, contacts.c.mobile_e164 == number)
        return [CustomerId(one) for one in self._connection.execute(query.where(*here)).scalars()]

    def mark(self, one: Bounce) -> list[CustomerId]:
        """Mark the contacts of this address."""
        here = (contacts.c.tenant_id == self._tenant, func.lower(contacts.c.email) == one.address.lower())
        said = " ".join(filter(None, (one.status, one.said)))[:500]
        marked = update(contacts).where(*here).values(bounced=one.address, bounced_at=one.at, bounced_why=said)
        found = self._connection.execute(marked.returning(contacts.c.customer_id)).scalars()
        return sorted({CustomerId(number) for number in found})

    def _new(self, table: Any, row: dict[str, Any]) -> bool:
        make: Any = sqlite.insert if self._connection.dialect.name == "sqlite" else postgresql.insert
        statement = make(table).values(row).on_conflict_do_nothing().returning(table.c.tenant_id)
        return self._connection.execute(statement).first() is not None


def _suppression(row: Any) -> Suppression:
    return Suppression(address=row.written, reason=row.reason, note=row.note, author=row.author, since=row.since)
